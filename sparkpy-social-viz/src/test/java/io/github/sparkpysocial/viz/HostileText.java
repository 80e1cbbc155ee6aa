package io.github.sparkpysocial.viz;

import io.github.sparkpysocial.testkit.contract.HostileTexts;
import java.util.ArrayList;
import java.util.List;

/** Texts that broke the pages and pictures of others. Each is text, and must stay text. */
public final class HostileText {
  /** What an attack would set, if it ran. */
  public static final String TRAP = "window.__ran";

  /** The texts, each with a plain word by which it can be found again. */
  public static final List<String> CORPUS =
      List.of(
          "script <script>window.__ran=1</script>",
          "image <img src=x onerror=\"window.__ran=1\">",
          "vector <svg/onload=window.__ran=1>",
          "breaker \"><script>window.__ran=1</script>",
          "attribute ' onmouseover='window.__ran=1' x='",
          "doubled \" onmouseover=\"window.__ran=1\" x=\"",
          "ender </script><script>window.__ran=1</script>",
          "styled </style><style>*{display:none}</style>",
          "titled </title></svg></text><script>window.__ran=1</script>",
          "comment <!-- <script> -->",
          "section <![CDATA[ x ]]> ]]>",
          "entity &lt;b&gt; &amp;amp; &#60;script&#62; &xxe;",
          "instruction <?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>",
          "template ${window.__ran=1} `${window.__ran=1}` {{constructor.constructor('window.__ran=1')()}}",
          "pattern {a} {b} {c} {value} {@x} %s %n $1 \\1",
          "rich {a|x} {bold|<b>y</b>}",
          "escaped \\u003cscript\\u003e \\\" \\' \\\\",
          "address javascript:window.__ran=1",
          "separators \u2028 and \u2029 end",
          "lone \uD800 and \uDC00 surrogates",
          "nothing \u0000 here",
          "controls \u0001\u0008\u000B\u000C\u001F\u007F\u0085 end",
          "forbidden \uFFFE\uFFFF end",
          "override \u202Egnp.exe\u202C and \u2067isolate",
          "joined \u200B\u200D\uFEFF end",
          "zalgo Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F end",
          "mixed \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u65E5\u672C \uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB",
          "formula =HYPERLINK(\"http://evil.example\",\"x\")",
          "long " + "a".repeat(5_000),
          "huge " + "many words ".repeat(100_000));

  private static final int PART = 60;

  /**
   * The texts that stores are tried with, as many at once as a figure still shows; without the
   * single controls, one of each kind of which is in the corpus.
   */
  public static final List<List<String>> OF_STORES =
      parts(HostileTexts.all().stream().filter(text -> !text.matches("a\\p{Cntrl}b")).toList());

  private HostileText() {}

  private static List<List<String>> parts(List<String> all) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PART) {
      parts.add(all.subList(from, Math.min(all.size(), from + PART)));
    }
    return parts;
  }

  /** Returns the plain word with which a text begins. */
  public static String word(String text) {
    return text.substring(0, text.indexOf(' '));
  }
}
