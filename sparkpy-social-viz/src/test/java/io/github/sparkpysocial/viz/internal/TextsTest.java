package io.github.sparkpysocial.viz.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void whatBreaksAPageIsGone() {
    assertThat(Texts.clean("a\u0000b\u202Ec\uD800d\uFFFEe")).isEqualTo("a bc\uFFFDd e");
    assertThat(Texts.clean("  a \r\n\t b\u2028c  ")).isEqualTo("a b c");
    assertThat(Texts.clean("\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB"))
        .isEqualTo("\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB");
  }

  @Test
  void longTextIsCutBetweenCharactersAsReadersSeeThem() {
    assertThat(Texts.shorten("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Texts.shorten("abcdefg", 6)).isEqualTo("abcdef…");
    assertThat(Texts.shorten("ab cdefg", 3)).isEqualTo("ab…");
    assertThat(Texts.shorten("e\u0301".repeat(5), 3)).isEqualTo("e\u0301".repeat(3) + "…");
    assertThat(Texts.shorten("\uD83D\uDE00".repeat(9), 4))
        .isEqualTo("\uD83D\uDE00".repeat(4) + "…");
    assertThat(Texts.shorten("a" + "\u0301".repeat(1_000_000), 3).length()).isLessThan(200);
  }

  @Test
  void numbersReadAsPeopleWriteThem() {
    assertThat(Texts.number(1_234_567)).isEqualTo("1,234,567");
    assertThat(Texts.number(0.25)).isEqualTo("0.25");
    assertThat(Texts.number(1234.56)).isEqualTo("1,234.6");
    assertThat(Texts.number(-3.0)).isEqualTo("-3");
    assertThat(Texts.number(1e21)).isEqualTo("1.00e+21");
  }

  @Test
  void markupIsClosedBeforeItIsRead() {
    Markup markup = new Markup().open("p", "class", null, "title", "\"<&>'");

    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(markup::toString)
        .withMessage("Element 'p' is still open");
    assertThat(markup.text("<b>").close().toString())
        .isEqualTo("<p title=\"&quot;&lt;&amp;&gt;&#39;\">&lt;b&gt;</p>");
  }
}
