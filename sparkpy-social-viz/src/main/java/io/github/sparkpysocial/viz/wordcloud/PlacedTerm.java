package io.github.sparkpysocial.viz.wordcloud;

/**
 * A term with its place in the picture. Lengths are in pixels of {@link WordCloud#size()}, from the
 * upper left corner.
 *
 * @param term the term
 * @param shown the text as it is drawn: cleaned, cut when too long
 * @param fontSize the size of the font
 * @param vertical whether it is turned by a quarter, to be read from bottom to top
 * @param x where the text starts: the left end of the base line, or its lower end when vertical
 * @param y the base line there
 * @param length how long the text runs along its base line
 * @param left the left edge of its box
 * @param top the upper edge of its box
 * @param width the width of its box
 * @param height the height of its box
 */
public record PlacedTerm(
    WeightedTerm term,
    String shown,
    double fontSize,
    boolean vertical,
    double x,
    double y,
    double length,
    int left,
    int top,
    int width,
    int height) {}
