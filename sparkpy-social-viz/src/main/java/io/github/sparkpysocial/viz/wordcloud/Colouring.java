package io.github.sparkpysocial.viz.wordcloud;

/** What the colour of a term says. */
public enum Colouring {
  /** Terms of one group share a colour; without groups, three shades of one colour. */
  GROUP,
  /** The heavier a term, the stronger its colour. */
  WEIGHT,
  /**
   * From one colour for negative over grey to another for positive; terms whose sentiment is not
   * known are grey. The two colours are told apart by colour-blind readers.
   */
  SENTIMENT
}
