package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosTest {
  private static final Community COMMUNITY = Community.builder().posts(30).people(20).build();
  private static final String REPOSITORY = "/repos/sparkling-labs/lantern";

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  @TempDir Path directory;

  /** Returns the statuses of so many answers under a script. */
  private List<Integer> statuses(int requests, String path, ChaosRule... rules) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (Sandbox sandbox =
        Sandbox.builder(COMMUNITY).clock(clock).chaos(Chaos.seeded(5, rules)).start()) {
      for (int i = 0; i < requests; i++) {
        statuses.add(Http.authorised(sandbox, path).status());
        clock.advance(Duration.ofSeconds(10));
      }
    }
    return statuses;
  }

  @Test
  void aRuleStrikesByCount() throws IOException {
    assertThat(
            statuses(
                8,
                REPOSITORY,
                ChaosRule.on("/repos/", Fault.status(503)).withSkip(1).withEvery(3).withTimes(2)))
        .containsExactly(200, 503, 200, 200, 503, 200, 200, 200);
  }

  @Test
  void aRuleStrikesByTheClockOfTheSandbox() throws IOException {
    assertThat(
            statuses(
                5,
                REPOSITORY,
                ChaosRule.on("/", Fault.status(502))
                    .withTime(Duration.ofSeconds(20), Duration.ofSeconds(40))))
        .containsExactly(200, 200, 502, 502, 200);
  }

  @Test
  void chanceComesFromTheSeedAlone() throws IOException {
    ChaosRule half = ChaosRule.on("/repos/", Fault.status(500)).withProbability(0.5);

    List<Integer> once = statuses(60, REPOSITORY, half);
    List<Integer> again = statuses(60, REPOSITORY, half);
    List<Integer> withAnother =
        statuses(60, REPOSITORY, ChaosRule.on("/orgs/", Fault.status(501)), half);

    assertThat(again).isEqualTo(once);
    assertThat(once).filteredOn(status -> status == 500).hasSizeBetween(18, 42);
    assertThat(withAnother).isNotEqualTo(once).contains(500).doesNotContain(501);
  }

  @Test
  void theFirstRuleThatAppliesStrikesAndScriptedFaultsComeBeforeAll() throws IOException {
    try (Sandbox sandbox =
        Sandbox.builder(COMMUNITY)
            .chaos(
                Chaos.seeded(
                    1,
                    ChaosRule.on("/repos/", Fault.status(500)).withTimes(1),
                    ChaosRule.on("/repos/", Fault.status(502)).withTimes(2)))
            .start()) {
      sandbox.next("/repos/", Fault.status(504));

      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        statuses.add(Http.authorised(sandbox, REPOSITORY).status());
      }

      assertThat(statuses).containsExactly(504, 500, 502, 502, 200);
      assertThat(sandbox.requests())
          .extracting(RecordedRequest::fault)
          .containsExactly("status", "status", "status", "status", null);
    }
  }

  @Test
  void aScriptIsReadFromAFileAndWrittenAsItWas() throws IOException {
    Path file = directory.resolve("chaos.json");
    Files.writeString(
        file,
        """
        {"seed": 42, "rules": [
          {"path": "/2/", "fault": "status", "status": 503, "probability": 0.1},
          {"path": "/repos/", "fault": "rate-limited", "for": "30s", "every": 20, "skip": 2},
          {"path": "/", "fault": "slow-body", "pieces": 9, "pause": "5ms", "times": 3},
          {"path": "/", "fault": "wrong-date", "ahead": "-6h", "from": "1m", "until": "PT1H"},
          {"path": "/", "fault": "renamed-field", "field": "id", "to": "identity"}]}
        """);

    Chaos chaos = Chaos.load(file);

    assertThat(chaos.seed()).isEqualTo(42);
    assertThat(chaos.rules()).hasSize(5);
    assertThat(chaos.rules().get(1).every()).isEqualTo(20);
    assertThat(chaos.rules().get(1).fault().block()).isEqualTo(Duration.ofSeconds(30));
    assertThat(chaos.rules().get(3).fault().duration()).isEqualTo(Duration.ofHours(-6));
    assertThat(Chaos.parse(chaos.toJson()).toString()).isEqualTo(chaos.toString());
  }

  @Test
  void everyFaultHasAnEntryInScripts() {
    String arguments =
        "\"for\":\"2s\",\"status\":403,\"pieces\":2,\"pause\":\"1ms\",\"bytes\":3,"
            + "\"ahead\":\"1h\",\"field\":\"a\",\"to\":\"b\"";
    List<Fault.Kind> kinds = new ArrayList<>();
    for (String name : FaultSpelling.names()) {
      StringBuilder rule = new StringBuilder("{\"path\":\"/\",\"fault\":\"" + name + "\"");
      for (String argument : arguments.split(",", -1)) {
        if (FaultSpelling.of(name).arguments().contains(argument.split("\"", -1)[1])) {
          rule.append(',').append(argument);
        }
      }
      Chaos chaos = Chaos.parse("{\"rules\":[" + rule + "}]}");

      Fault fault = chaos.rules().get(0).fault();
      assertThat(fault.name()).isEqualTo(name);
      assertThat(Chaos.parse(chaos.toJson()).toString()).isEqualTo(chaos.toString());
      kinds.add(fault.kind());
    }
    assertThat(kinds).contains(Fault.Kind.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense|A script of chaos is a JSON object",
        "[]|A script of chaos is a JSON object",
        "{\"rules\":[],\"sed\":1}|The script has a field 'sed'",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"fire\"}]}|Rule 1: there is no fault 'fire'",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"status\"}]}|whole number 'status' is missing",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"status\",\"status\":200}]}|from 400 to 599",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"no-date\",\"every\":0}]}|every must be positive",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"no-date\",\"evry\":2}]}|Rule 1 has a field 'evry'",
        "{\"rules\":[{\"fault\":\"no-date\"}]}|Rule 1: the text 'path' is missing",
        "{\"rules\":[{\"path\":\"2/\",\"fault\":\"no-date\"}]}|begin with a slash",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"no-date\",\"probability\":2}]}|from 0 to 1",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"no-date\",\"from\":\"5m\",\"until\":\"1m\"}]}|"
            + "until come after",
        "{\"rules\":[{\"path\":\"/\",\"fault\":\"rate-limited\",\"for\":\"soon\"}]}|"
            + "a duration such as 30s"
      })
  void aScriptThatIsWrongIsRefusedWithTheRule(String json, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("wrong.json"), json);

    assertThatThrownBy(() -> Chaos.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wrong.json")
        .hasMessageContaining(message);
    assertThatThrownBy(() -> Chaos.load(directory.resolve("none.json")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void threadsDoNotChangeHowOftenARuleStrikes() {
    Chaos chaos = Chaos.seeded(9, ChaosRule.on("/", Fault.status(500)).withProbability(0.3));
    ChaosRun alone = new ChaosRun(chaos, clock);
    ChaosRun together = new ChaosRun(chaos, clock);

    long expected = IntStream.range(0, 2_000).filter(i -> alone.next("/a") != null).count();
    long struck =
        IntStream.range(0, 2_000).parallel().filter(i -> together.next("/a") != null).count();

    assertThat(struck).isEqualTo(expected).isBetween(500L, 700L);
  }
}
