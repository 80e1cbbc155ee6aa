package io.github.sparkpysocial.viz.wordcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusComparisonTest {
  private static final Map<String, Long> LEFT = Map.of("tax", 30L, "the", 60L, "hope", 10L);
  private static final Map<String, Long> RIGHT = Map.of("tax", 5L, "the", 130L, "wall", 65L);

  @Test
  void logOddsAndScoresAreThoseOfTheFormula() {
    CorpusComparison compared =
        CorpusComparison.of(
            "left", LEFT, "right", RIGHT, Map.of("tax", 2L, "the", 6L, "hope", 1L, "wall", 1L), 20);

    // alpha(tax) = 20 * 2 / 10 = 4; log(34 / (120 - 34)) - log(9 / (220 - 9)) by hand
    ComparedTerm tax = term(compared, "tax");
    assertThat(tax.logOdds()).isCloseTo(2.226647, within(1e-6));
    assertThat(tax.standardError()).isCloseTo(Math.sqrt(1 / 34.0 + 1 / 9.0), within(1e-12));
    assertThat(tax.zScore()).isCloseTo(5.939882, within(1e-5));
    assertThat(tax.firstCount()).isEqualTo(30);
    assertThat(tax.secondCount()).isEqualTo(5);
  }

  @Test
  void whatMarksASideIsTellingAndCommonWordsAreNot() {
    CorpusComparison compared = CorpusComparison.of("left", LEFT, "right", RIGHT);

    assertThat(compared.marksFirst(5)).extracting(ComparedTerm::text).startsWith("tax");
    assertThat(compared.marksSecond(5)).extracting(ComparedTerm::text).containsExactly("wall");
    assertThat(term(compared, "the").isMarked()).isFalse();
    WordCloud cloud = compared.cloud(5);
    assertThat(cloud.terms()).extracting(WeightedTerm::group).contains("left", "right");
    assertThat(compared.chart(5).summary()).contains("marks left most is tax", "right");
  }

  @Test
  void swappingTheCorporaTurnsTheSigns() {
    CorpusComparison one = CorpusComparison.of("left", LEFT, "right", RIGHT);
    CorpusComparison other = CorpusComparison.of("right", RIGHT, "left", LEFT);

    for (ComparedTerm term : one.terms()) {
      assertThat(term(other, term.text()).zScore()).isCloseTo(-term.zScore(), within(1e-9));
    }
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CorpusComparison.of("a", Map.of(), "b", RIGHT))
        .withMessage("The corpus 'a' has no words to compare");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CorpusComparison.of("a", Map.of("x", -1L), "b", RIGHT))
        .withMessageContaining("'x' has -1 in 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CorpusComparison.of("a", LEFT, "a", RIGHT))
        .withMessageContaining("both are 'a'");
  }

  private static ComparedTerm term(CorpusComparison compared, String text) {
    return compared.terms().stream()
        .filter(term -> term.text().equals(text))
        .findFirst()
        .orElseThrow();
  }
}
