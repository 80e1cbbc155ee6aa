package io.github.sparkpysocial.viz.internal;

/** Makes a text fit for XML 1.0 without changing more than must be. Stateless. */
public final class XmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private XmlText() {}

  /**
   * Returns the text with each character that XML 1.0 (section 2.2, "Characters") forbids, and each
   * lone surrogate, replaced by U+FFFD.
   */
  public static String legal(String text) {
    boolean legal = text.codePoints().allMatch(XmlText::isLegal);
    if (legal) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(isLegal(c) ? c : REPLACEMENT));
    return out.toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
