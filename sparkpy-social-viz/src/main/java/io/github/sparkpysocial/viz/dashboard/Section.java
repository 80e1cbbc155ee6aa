package io.github.sparkpysocial.viz.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A part of a dashboard under one heading, with a link from the top of the page.
 *
 * @param id the id of its element
 * @param title the heading
 * @param lead a sentence or two below it, or an empty text
 * @param panels what it holds, in order
 */
public record Section(String id, String title, String lead, List<Panel> panels) {

  /** How much of the width a panel takes on a wide screen; on a phone each takes all. */
  public enum Width {
    /** All of it. */
    WIDE,
    /** Half. */
    HALF,
    /** A third. */
    THIRD
  }

  /**
   * A component with its width.
   *
   * @param component what is shown
   * @param width how wide
   */
  public record Panel(Component component, Width width) {
    public Panel {
      Objects.requireNonNull(component, "component");
      Objects.requireNonNull(width, "width");
    }
  }

  public Section {
    Checks.id(id);
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(lead, "lead");
    panels = List.copyOf(panels);
  }

  /** Returns a section without panels. */
  public static Section of(String id, String title) {
    return new Section(id, title, "", List.of());
  }

  /** Returns the same section with a sentence or two below the heading. */
  public Section withLead(String lead) {
    return new Section(id, title, lead, panels);
  }

  /** Returns the same section with one more component, as wide as the page. */
  public Section wide(Component component) {
    return with(component, Width.WIDE);
  }

  /** Returns the same section with one more component, half as wide as the page. */
  public Section half(Component component) {
    return with(component, Width.HALF);
  }

  /** Returns the same section with one more component, a third as wide as the page. */
  public Section third(Component component) {
    return with(component, Width.THIRD);
  }

  private Section with(Component component, Width width) {
    List<Panel> more = new ArrayList<>(panels);
    more.add(new Panel(component, width));
    return new Section(id, title, lead, more);
  }
}
