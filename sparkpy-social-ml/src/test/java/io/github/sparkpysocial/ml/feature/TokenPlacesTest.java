package io.github.sparkpysocial.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenPlacesTest {
  private static final Tokens TOKENS = new Tokens(true);

  @Test
  void placesAreCountedInCodePoints() {
    String text = "😀 I loooove #BigData at @ada :-)";

    assertThat(TOKENS.located(text))
        .extracting(token -> token.kind() + " " + token.text() + " = " + at(text, token))
        .containsExactly(
            "EMOJI 😀 = 😀",
            "WORD loove = loooove",
            "SIGNED #bigdata = #BigData",
            "TAGGED bigdata = BigData",
            "PART big = Big",
            "PART data = Data",
            "WORD at = at",
            "SIGNED @ada = @ada",
            "MENTIONED ada = ada",
            "EMOTICON :-) = :-)");
  }

  @Test
  void placesAreThoseOfTheOriginalNotOfItsNormalForm() {
    String text = "ﬁne cafe\u0301 𝓓𝓪𝓽𝓪 ㍿ 한국어 end";

    List<Token> tokens = TOKENS.located(text);

    assertThat(tokens)
        .extracting(token -> token.text() + " = " + at(text, token))
        .contains("fine = ﬁne", "café = cafe\u0301", "data = 𝓓𝓪𝓽𝓪", "end = end");
    assertThat(tokens)
        .allMatch(token -> token.start() < token.end())
        .allMatch(token -> token.end() <= text.codePointCount(0, text.length()))
        .isSortedAccordingTo((a, b) -> Integer.compare(a.start(), b.start()));
  }

  private static String at(String text, Token token) {
    return text.substring(
        text.offsetByCodePoints(0, token.start()), text.offsetByCodePoints(0, token.end()));
  }
}
