package io.github.sparkpysocial.viz;

/**
 * The colours of a picture. A page needs none: it follows the reader's setting and has a switch.
 *
 * <p>Both sets are told apart by readers with any of the three kinds of colour blindness, and each
 * colour stands out from its background by at least 4.5 to 1 (WCAG 2.2, level AA).
 */
public enum Theme {
  /** Dark ink on white. */
  LIGHT,
  /** Light ink on near black. */
  DARK
}
