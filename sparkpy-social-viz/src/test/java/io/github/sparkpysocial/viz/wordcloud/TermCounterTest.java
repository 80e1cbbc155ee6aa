package io.github.sparkpysocial.viz.wordcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermCounterTest {

  @Test
  void wordsOfAnyScriptHashtagsMentionsAndEmojiAreCounted() {
    TermCounter counter =
        TermCounter.create()
            .add(
                "Spark's #BigData @ada spark's Привет привет 🔥🔥 👩‍💻 https://example.com/x_y a");

    assertThat(counter.counts())
        .containsEntry("spark's", 2L)
        .containsEntry("#bigdata", 1L)
        .containsEntry("@ada", 1L)
        .containsEntry("привет", 2L)
        .containsEntry("🔥", 2L)
        .containsEntry("👩‍💻", 1L)
        .hasSize(6);
  }

  @Test
  void stopWordsAreLeftOutAndExamplesKept() {
    List<WeightedTerm> terms =
        TermCounter.builder()
            .stopWords(List.of("The"))
            .build()
            .addAll(List.of("the stream", "The Stream again", "the stream", "stream four"))
            .top(1);

    assertThat(terms).hasSize(1);
    assertThat(terms.get(0).text()).isEqualTo("stream");
    assertThat(terms.get(0).count()).isEqualTo(4);
    assertThat(terms.get(0).examples())
        .containsExactly("the stream", "The Stream again", "stream four");
  }

  @Test
  void neighboursThatBelongTogetherAreAPhrase() {
    TermCounter counter = TermCounter.builder().phrases().build();
    for (int i = 0; i < 40; i++) {
      counter.add("new york word" + i + " other" + i % 7);
    }
    counter.add("york alone");

    List<WeightedTerm> terms = counter.top(100);

    assertThat(terms.get(0).text()).isEqualTo("new york");
    assertThat(terms.get(0).count()).isEqualTo(40);
    assertThat(terms).extracting(WeightedTerm::text).contains("york").doesNotContain("new");
  }

  @Test
  void whatStandsTogetherByChanceIsNoPhrase() {
    TermCounter counter = TermCounter.builder().phrases().build();
    for (int i = 0; i < 400; i++) {
      counter.add("w" + i % 20 + " v" + i / 20 % 20);
    }

    assertThat(counter.top(1_000)).hasSize(40).noneMatch(term -> term.text().contains(" "));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TermCounter.builder().shortest(0))
        .withMessage("shortest is at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TermCounter.builder().phrases(Double.NaN))
        .withMessageContaining("was NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> TermCounter.create().top(-1));
  }
}
