package io.github.sparkpysocial.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageCheckTest {
  private static final LanguageCheck CHECK = new LanguageCheck();

  @ParameterizedTest
  @CsvSource({
    "this is what we have been waiting for, en, en",
    "this is what we have been waiting for, en-GB, en",
    "das ist nicht das was wir haben wollten, en, de",
    "das ist nicht das was wir haben wollten, , de",
    "これはとても面白い, zh, ja",
    "これはとても面白い, , ja",
    "정말 좋은 하루, en, ko",
    "Это не то чего мы ждали, en, ru",
    "#spark @ada https://x.example, en, en",
    "Spark 4, pt, pt",
    "Spark 4, , und",
    "saya suka kopi, id, id",
    "今日天气好, ja, ja"
  })
  void aTagIsBelievedUnlessTheTextSaysOtherwise(String text, String tag, String expected) {
    assertThat(CHECK.language(text, tag)).isEqualTo(expected);
  }

  @Test
  void nothingIsNoLanguage() {
    assertThat(CHECK.language(null, null)).isEqualTo(LanguageCheck.UNDETERMINED);
    assertThat(CHECK.language("", "de-AT")).isEqualTo("de");
  }
}
