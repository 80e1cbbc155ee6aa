package io.github.sparkpysocial.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SocialTokenizerTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("Hello, big World!", "hello big world"),
        Arguments.of("#Spark rocks", "#spark spark rocks"),
        Arguments.of("thanks @Ada_L and $AAPL", "thanks @ada_l ada_l and $aapl aapl"),
        Arguments.of("(#a1) #1 a#b @", "#a1 a1"),
        Arguments.of("see https://t.co/aB?x=#y now www.x.example/z", "see now"),
        Arguments.of("mail ada@x.example today", "mail today"),
        Arguments.of("soooooo goooood 1000000", "soo good 1000000"),
        Arguments.of(
            "don't Apple's it’s ‘quoted’ rock'n'roll", "don't apple it quoted rock'n'roll"),
        Arguments.of("fish &amp; chips &lt;3 &#39;", "fish chips"),
        Arguments.of("great :-) bad :( love <3 12:30", "great :-) bad :( love <3 12 30"),
        Arguments.of("👋🏽 hi 👩‍💻 ❤️ 🇵🇹🇫🇷", "👋 hi 👩‍💻 ❤ 🇵🇹 🇫🇷"),
        Arguments.of("ＦＵＬＬ 𝓯𝓪𝓷𝓬𝔂", "full fancy"),
        Arguments.of("Größe ÉCOLE Москва Ελλάδα", "größe école москва ελλάδα"),
        Arguments.of("שלום עולם مرحبا بالعالم", "שלום עולם مرحبا بالعالم"),
        Arguments.of("नमस्ते दुनिया", "नमस्ते दुनिया"),
        Arguments.of("機械学習 です", "機械 械学 学習 です"),
        Arguments.of("本", "本"),
        Arguments.of("สวัสดี", "สวั วัส สดี"),
        Arguments.of("#機械学習 한국어 단어", "#機械学習 機械学習 한국어 단어"),
        Arguments.of("a I . , -", ""),
        Arguments.of("", ""),
        Arguments.of("\u0000\uD800 broken \uDC00", "broken"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextHasTheseTokens(String text, String tokens) {
    assertThat(String.join(" ", SocialTokenizer.tokens(text))).isEqualTo(tokens);
  }

  @Test
  void hashtagsAreSplitOnRequest() {
    Tokens tokens = new Tokens(true);

    assertThat(tokens.of("#MachineLearning #HTTPServer2 #snake_case #lower"))
        .containsExactly(
            "#machinelearning",
            "machinelearning",
            "machine",
            "learning",
            "#httpserver2",
            "httpserver2",
            "http",
            "server",
            "#snake_case",
            "snake_case",
            "snake",
            "case",
            "#lower",
            "lower");
  }

  @Test
  void textsThatSayTheSameHaveOneFingerprint() {
    String original = SocialTokenizer.fingerprint("Spark 4 is out! https://a.example");

    assertThat(SocialTokenizer.fingerprint("RT @ada: SPARK 4 is out https://b.example @grace"))
        .isEqualTo(original)
        .isEqualTo("spark is out");
    assertThat(SocialTokenizer.fingerprint("Is Spark 4 out?")).isNotEqualTo(original);
  }

  @Test
  void theStageAddsAColumnAndTakesNullForNothing() {
    Dataset<Row> texts =
        SPARK
            .session()
            .createDataset(Arrays.asList("one two", null), Encoders.STRING())
            .toDF("body");

    Dataset<Row> tokens =
        new SocialTokenizer().setInputCol("body").setOutputCol("words").transform(texts);

    assertThat(tokens.columns()).containsExactly("body", "words");
    assertThat(tokens.collectAsList())
        .extracting(row -> row.<String>getList(1))
        .containsExactly(List.of("one", "two"), List.of());
  }

  @Test
  void aMissingColumnIsToldWithThoseThereAre() {
    Dataset<Row> numbers = SPARK.session().range(1).toDF();

    assertThatThrownBy(() -> new SocialTokenizer().transform(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("reads column 'text', which is not there; the columns are id");
    assertThatThrownBy(() -> new SocialTokenizer().setInputCol("id").transform(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("cannot read column 'id' of type bigint; set another inputCol");
  }

  @Test
  void stopWordsAreSpelledAsTheTokenizerSpellsThem() {
    assertThat(StopWords.of(List.of("en")))
        .contains("the", "don't", "rt")
        .doesNotContain("i", "der")
        .isSorted();
    assertThat(StopWords.of(List.of("pt-BR", "de", "xx"))).contains("você", "der", "rt");
    assertThat(StopWords.languages()).contains("en", "tr").hasSize(15);
  }
}
