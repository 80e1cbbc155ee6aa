package io.github.sparkpysocial.ml.feature;

import java.text.Normalizer;

/**
 * Where the UTF-16 units of a text after NFKC come from in the original, in code points. A letter
 * and its marks are normalised together, as they may become one; so are the parts of a Hangul
 * syllable. If a text does not normalise piece by piece, everything comes from all of it.
 */
final class Offsets {
  private final int[] starts;
  private final int[] ends;

  private Offsets(int[] starts, int[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  static Offsets of(String original, String normalized) {
    int[] starts = new int[normalized.length()];
    int[] ends = new int[normalized.length()];
    int written = 0;
    int codePoint = 0;
    for (int i = 0; i < original.length(); ) {
      int end = endOfPiece(original, i);
      int points = original.codePointCount(i, end);
      String piece = Normalizer.normalize(original.substring(i, end), Normalizer.Form.NFKC);
      if (!normalized.startsWith(piece, written)) {
        return all(original, normalized);
      }
      for (int j = 0; j < piece.length(); j++) {
        // A piece that stays as it is keeps the place of each of its code points.
        boolean same = points == piece.codePointCount(0, piece.length());
        int at = same ? piece.codePointCount(0, j + 1) - 1 : 0;
        starts[written + j] = codePoint + at;
        ends[written + j] = same ? codePoint + at + 1 : codePoint + points;
      }
      written += piece.length();
      codePoint += points;
      i = end;
    }
    return written == normalized.length() ? new Offsets(starts, ends) : all(original, normalized);
  }

  private static Offsets all(String original, String normalized) {
    int[] ends = new int[normalized.length()];
    java.util.Arrays.fill(ends, original.codePointCount(0, original.length()));
    return new Offsets(new int[normalized.length()], ends);
  }

  private static int endOfPiece(String text, int start) {
    int i = start + Character.charCount(text.codePointAt(start));
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean joins =
          switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                Character.COMBINING_SPACING_MARK,
                Character.ENCLOSING_MARK ->
                true;
            default -> (c >= 0x1160 && c <= 0x11FF) || (c >= 0xFF9E && c <= 0xFF9F);
          };
      if (!joins) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  int start(int unit) {
    return starts[unit];
  }

  int end(int unitAfter) {
    return ends[unitAfter - 1];
  }
}
