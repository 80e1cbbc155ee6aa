package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XBackfillTest {
  @ParameterizedTest
  @CsvSource({
    "spark, spark",
    "spark sample:10, spark",
    "(spark OR kafka) sample:1 lang:en, (spark OR kafka) lang:en",
    "'\"a sample:5 of\" spark', '\"a sample:5 of\" spark'",
    "from:ada -is:retweet, from:ada -is:retweet"
  })
  void aRuleBecomesAQueryThatFindsAtLeastAsMuch(String rule, String query) {
    assertThat(XBackfill.query(List.of(rule))).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample:10",
        "spark -sample:10",
        "spark OR sample:10",
        "(sample:10 OR spark) lang:en",
        "bio:scala",
        "spark -followers_count:100..200",
        "spark url_title:\"big data\""
      })
  void aRuleThatASearchCannotExpressHasNoQuery(String rule) {
    assertThat(XBackfill.query(List.of(rule))).isNull();
  }

  @Test
  void severalRulesAreJoinedIfTheQueryIsNotTooLong() {
    assertThat(XBackfill.query(List.of("spark lang:en", "kafka")))
        .isEqualTo("(spark lang:en) OR (kafka)");
    assertThat(XBackfill.query(List.of())).isNull();
    assertThat(XBackfill.query(List.of("a".repeat(300), "b".repeat(300)))).isNull();
  }
}
