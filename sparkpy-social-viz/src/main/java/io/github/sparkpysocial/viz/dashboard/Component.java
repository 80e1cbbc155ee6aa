package io.github.sparkpysocial.viz.dashboard;

/** A part of a dashboard: an immutable record of plain data. */
public sealed interface Component
    permits Completeness, FigurePanel, Meetings, Ranking, Table, TextBlock, Tiles, Topics {

  /**
   * Returns the id of its element on the page, unique there: lower-case letters, digits and
   * hyphens, beginning with a letter.
   */
  String id();
}
