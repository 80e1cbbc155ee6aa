package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordSchema.Column;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;

/**
 * Finds where a value of JSON ends, if it is sound and spelled as {@link LineEncoder} spells it, so
 * that reading and writing it again would give the same bytes. Each method takes the place where a
 * value begins and returns the place after it, or {@link #NOT_OURS}: that does not mean that the
 * value is broken, only that it has to be read to know. Stateless.
 */
final class Spelling {
  static final int NOT_OURS = -1;

  private static final int MOST_DIGITS = 18; // one fewer than a long can have

  /** So many decimal digits are exact in a double. */
  private static final int MOST_EXACT_DIGITS = 15;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private static final int TO_SECONDS = "2026-11-01T12:00:00".length();
  private static final String TIME_SHAPE = "0000-00-00T00:00:00";
  private static final byte[] TRUE = LineLayout.ascii("true");
  private static final byte[] FALSE = LineLayout.ascii("false");

  /** What a byte within a text is. */
  private static final byte PLAIN = 0;

  private static final byte QUOTE = 1;
  private static final byte BACKSLASH = 2;
  private static final byte TWO = 3;
  private static final byte THREE = 4;
  private static final byte FOUR = 5;
  private static final byte WRONG = 6;
  private static final byte[] CLASSES = classes();

  private Spelling() {}

  private static byte[] classes() {
    byte[] classes = new byte[0x100];
    Arrays.fill(classes, 0, ' ', WRONG);
    classes['"'] = QUOTE;
    classes['\\'] = BACKSLASH;
    Arrays.fill(classes, 0x80, 0xC2, WRONG); // goes on with a character, or spells ASCII too long
    Arrays.fill(classes, 0xC2, 0xE0, TWO);
    Arrays.fill(classes, 0xE0, 0xF0, THREE);
    Arrays.fill(classes, 0xF0, 0xF5, FOUR);
    Arrays.fill(classes, 0xF5, 0x100, WRONG);
    return classes;
  }

  /** A text with its quotes. */
  static int text(byte[] line, int from, int end) {
    if (from >= end || line[from] != '"') {
      return NOT_OURS;
    }
    int at = from + 1;
    while (at < end) {
      byte of = CLASSES[line[at] & 0xFF];
      if (of == PLAIN) {
        at++;
      } else if (of == QUOTE) {
        return at + 1;
      } else {
        at = of == BACKSLASH ? escape(line, at, end) : character(line, at, end, of);
        if (at < 0) {
          return NOT_OURS;
        }
      }
    }
    return NOT_OURS;
  }

  private static int escape(byte[] line, int from, int end) {
    if (from + 1 >= end) {
      return NOT_OURS;
    }
    return switch (line[from + 1]) {
      case '"', '\\', 'b', 'f', 'n', 'r', 't' -> from + 2;
      case 'u' -> from + 6 <= end && isOurs(escaped(line, from)) ? from + 6 : NOT_OURS;
      default -> NOT_OURS;
    };
  }

  /** Returns the character of an escape with four digits in capitals, or -1. */
  static int escaped(byte[] line, int backslash) {
    int character = 0;
    for (int i = backslash + 2; i < backslash + 6; i++) {
      byte digit = line[i];
      if (digit >= '0' && digit <= '9') {
        character = character << 4 | (digit - '0');
      } else if (digit >= 'A' && digit <= 'F') {
        character = character << 4 | (digit - 'A' + 10);
      } else {
        return -1;
      }
    }
    return character;
  }

  /** Returns whether this character is always escaped, and has no shorter escape. */
  private static boolean isOurs(int character) {
    boolean shorter =
        character == '\b'
            || character == '\t'
            || character == '\n'
            || character == '\f'
            || character == '\r';
    return (character >= 0 && character < ' ' && !shorter)
        || character == 0x85
        || character == 0x2028
        || character == 0x2029;
  }

  /** A character of several bytes, by table 3-7 of the Unicode Standard, that is never escaped. */
  private static int character(byte[] line, int from, int end, byte of) {
    if (of == WRONG || from + (of - TWO) + 2 > end) {
      return NOT_OURS;
    }
    int first = line[from] & 0xFF;
    int second = line[from + 1] & 0xFF;
    if (of == TWO) {
      return second >> 6 == 2 && !(first == 0xC2 && second == 0x85) ? from + 2 : NOT_OURS;
    }
    int third = line[from + 2];
    if (of == THREE) {
      boolean separator = first == 0xE2 && second == 0x80 && (third == -0x58 || third == -0x57);
      int lowest = first == 0xE0 ? 0xA0 : 0x80;
      int highest = first == 0xED ? 0x9F : 0xBF; // beyond are surrogates
      boolean sound = second >= lowest && second <= highest && follows(third) && !separator;
      return sound ? from + 3 : NOT_OURS;
    }
    int lowest = first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xF4 ? 0x8F : 0xBF;
    boolean sound =
        second >= lowest && second <= highest && follows(third) && follows(line[from + 3]);
    return sound ? from + 4 : NOT_OURS;
  }

  private static boolean follows(int b) {
    return b < -0x40; // as a signed byte: 0x80 to 0xBF
  }

  /** A time with its quotes, of a year of four digits. */
  static int time(byte[] line, int from, int end) {
    int at = from + 1;
    if (at + TO_SECONDS + 2 > end || line[from] != '"') {
      return NOT_OURS;
    }
    for (int i = 0; i < TO_SECONDS; i++) {
      char shape = TIME_SHAPE.charAt(i);
      byte b = line[at + i];
      if (shape == '0' ? !isDigit(b) : b != shape) {
        return NOT_OURS;
      }
    }
    int month = number(line, at + 5);
    int day = number(line, at + 8);
    boolean there =
        month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || day <= lengthOfMonth(line, at, month))
            && number(line, at + 11) < 24
            && number(line, at + 14) < 60
            && number(line, at + 17) < 60;
    return there ? fraction(line, at + TO_SECONDS, end) : NOT_OURS;
  }

  private static int lengthOfMonth(byte[] line, int year, int month) {
    return YearMonth.of(100 * number(line, year) + number(line, year + 2), month).lengthOfMonth();
  }

  /** Three, six or nine digits, and not three zeros at the end; or none. */
  private static int fraction(byte[] line, int from, int end) {
    int at = from;
    if (line[at] == '.') {
      at++;
      while (at < end && isDigit(line[at])) {
        at++;
      }
      int digits = at - from - 1;
      boolean shortest =
          digits > 0
              && digits <= 9
              && digits % 3 == 0
              && !(line[at - 1] == '0' && line[at - 2] == '0' && line[at - 3] == '0');
      if (!shortest) {
        return NOT_OURS;
      }
    }
    return at + 1 < end && line[at] == 'Z' && line[at + 1] == '"' ? at + 2 : NOT_OURS;
  }

  private static int number(byte[] line, int at) {
    return 10 * (line[at] - '0') + line[at + 1] - '0';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** A whole number. */
  static int whole(byte[] line, int from, int end) {
    int digits = from < end && line[from] == '-' ? from + 1 : from;
    int at = digits;
    while (at < end && isDigit(line[at])) {
      at++;
    }
    int count = at - digits;
    boolean zero = count > 0 && line[digits] == '0';
    boolean sound = count > 0 && count <= MOST_DIGITS && (!zero || (count == 1 && digits == from));
    return sound ? at : NOT_OURS;
  }

  /** Returns the whole number that was found. */
  static long wholeValue(byte[] line, int from, int end) {
    boolean negative = line[from] == '-';
    long value = 0;
    for (int at = negative ? from + 1 : from; at < end; at++) {
      value = 10 * value + (line[at] - '0');
    }
    return negative ? -value : value;
  }

  /** A number with a fraction. */
  static int real(byte[] line, int from, int end) {
    int first = from < end && line[from] == '-' ? from + 1 : from;
    int point = first;
    while (point < end && isDigit(line[point])) {
      point++;
    }
    int at = point + 1;
    while (at < end && isDigit(line[at])) {
      at++;
    }
    boolean simple =
        point > first
            && point < end
            && line[point] == '.'
            && at - first <= MOST_EXACT_DIGITS + 1
            && (line[first] != '0' || point == first + 1)
            && (line[at - 1] != '0' || at == point + 2)
            && (at == end || line[at] != 'E')
            && isPlain(line, first, at);
    return simple ? at : anyReal(line, from, end);
  }

  /**
   * Returns whether a number is one that Java spells without an exponent: it is nought, or lies
   * between 0.001 and ten millions, see {@link Double#toString(double)}. With so few digits there
   * is no shorter spelling of it.
   */
  private static boolean isPlain(byte[] line, int first, int end) {
    double value = realValue(line, first, end);
    return value == 0 || (value >= 1e-3 && value < 1e7);
  }

  private static int anyReal(byte[] line, int from, int end) {
    int at = from;
    while (at < end && (isDigit(line[at]) || ".-E".indexOf(line[at]) >= 0)) {
      at++;
    }
    if (at == from) {
      return NOT_OURS;
    }
    String spelled = new String(line, from, at - from, StandardCharsets.ISO_8859_1);
    try {
      return Double.toString(Double.parseDouble(spelled)).equals(spelled) ? at : NOT_OURS;
    } catch (NumberFormatException e) {
      return NOT_OURS;
    }
  }

  /** Returns the number with a fraction that was found. */
  static double realValue(byte[] line, int from, int end) {
    long digits = 0;
    int decimals = -1;
    boolean negative = line[from] == '-';
    int first = negative ? from + 1 : from;
    boolean exact = end - first <= MOST_EXACT_DIGITS + 1;
    for (int at = first; exact && at < end; at++) {
      if (isDigit(line[at])) {
        digits = 10 * digits + (line[at] - '0');
        decimals += decimals >= 0 ? 1 : 0;
      } else if (line[at] == '.' && decimals < 0) {
        decimals = 0;
      } else {
        exact = false;
      }
    }
    if (!exact || decimals < 0) {
      return Double.parseDouble(new String(line, from, end - from, StandardCharsets.ISO_8859_1));
    }
    double value = digits / POWERS[decimals]; // one rounding of two exact numbers, as a parser has
    return negative ? -value : value;
  }

  /** A truth value. */
  static int flag(byte[] line, int from, int end) {
    if (has(line, from, end, TRUE)) {
      return from + TRUE.length;
    }
    return has(line, from, end, FALSE) ? from + FALSE.length : NOT_OURS;
  }

  /** Returns whether these bytes stand there. */
  static boolean has(byte[] line, int from, int end, byte[] expected) {
    return end - from >= expected.length
        && Arrays.equals(line, from, from + expected.length, expected, 0, expected.length);
  }

  /** A list of texts that is not empty. */
  static int texts(byte[] line, int from, int end) {
    int at = from;
    byte before = '[';
    while (at < end && line[at] == before) {
      at = text(line, at + 1, end);
      if (at < 0) {
        return NOT_OURS;
      }
      before = ',';
    }
    return at > from && at < end && line[at] == ']' ? at + 1 : NOT_OURS;
  }

  /**
   * A list of objects that is not empty. Of the columns {@code start} and {@code end} it knows that
   * they are offsets.
   *
   * @param names for each field what stands before its value: the name in quotes and a colon
   */
  static int structs(byte[] line, int from, int end, List<Column> fields, byte[][] names) {
    int at = from;
    byte before = '[';
    while (at < end && line[at] == before) {
      at = struct(line, at + 1, end, fields, names);
      if (at < 0) {
        return NOT_OURS;
      }
      before = ',';
    }
    return at > from && at < end && line[at] == ']' ? at + 1 : NOT_OURS;
  }

  private static int struct(byte[] line, int from, int end, List<Column> fields, byte[][] names) {
    int at = from;
    byte before = '{';
    long lowest = 0;
    for (int i = 0; i < names.length; i++) {
      Column field = fields.get(i);
      boolean there = at < end && line[at] == before && has(line, at + 1, end, names[i]);
      if (!there) {
        if (field.required()) {
          return NOT_OURS;
        }
        continue;
      }
      int value = at + 1 + names[i].length;
      before = ',';
      switch (field.type()) {
        case STRING -> at = text(line, value, end);
        case LONG -> {
          at = whole(line, value, end);
          if (at >= 0 && (field.name().equals("start") || field.name().equals("end"))) {
            long offset = wholeValue(line, value, at);
            if (offset < lowest || offset > Integer.MAX_VALUE) {
              return NOT_OURS;
            }
            lowest = offset;
          }
        }
        default -> {
          return NOT_OURS;
        }
      }
      if (at < 0) {
        return NOT_OURS;
      }
    }
    int last = before == ',' ? at : at + 1; // an object without a field is only opened
    boolean closed = last < end && line[last] == '}' && (before == ',' || line[at] == '{');
    return closed ? last + 1 : NOT_OURS;
  }
}
