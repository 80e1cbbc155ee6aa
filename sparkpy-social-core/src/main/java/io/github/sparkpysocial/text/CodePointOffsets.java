package io.github.sparkpysocial.text;

/** Turns UTF-16 offsets of one text into code-point offsets; fastest when asked in rising order. */
final class CodePointOffsets {
  private final String text;
  private int utf16;
  private int codePoints;

  CodePointOffsets(String text) {
    this.text = text;
  }

  int of(int utf16Offset) {
    if (utf16Offset < utf16) {
      utf16 = 0;
      codePoints = 0;
    }
    codePoints += text.codePointCount(utf16, utf16Offset);
    utf16 = utf16Offset;
    return codePoints;
  }
}
