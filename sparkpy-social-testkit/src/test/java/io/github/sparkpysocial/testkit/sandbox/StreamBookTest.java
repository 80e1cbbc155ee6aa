package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamBookTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-15T12:00:00Z"));
  private final Gate gate = new Gate(clock);
  private final Community community = Community.builder().posts(20).people(5).commits(5).build();
  private final LiveFeed feed = new LiveFeed(community, 5, Duration.ofMinutes(1));
  private final StreamBook book = new StreamBook(clock, gate, feed);
  private final StreamRules rules = StreamRules.ofX("x");

  private void attempt() {
    book.attempt(rules, Network.X, "/2/tweets/search/stream");
  }

  @Test
  void comingBackTooSoonIsAViolationAndComingInTimeIsNone() {
    for (long pause : new long[] {5, 10, 20, 40}) {
      attempt();
      book.answered(rules, Answer.empty(503));
      clock.advance(Duration.ofSeconds(pause));
    }
    attempt();
    book.answered(rules, Answer.empty(200));
    attempt();
    book.answered(rules, null);
    clock.advance(Duration.ofMillis(250));
    attempt();
    book.answered(rules, null);
    assertThat(gate.violations()).isEmpty();

    clock.advance(Duration.ofMillis(499));
    attempt();
    assertThat(gate.violations()).hasSize(1);
    book.answered(rules, Answer.empty(429));
    clock.advance(Duration.ofSeconds(59));
    attempt();
    assertThat(gate.violations()).hasSize(2);
    book.answered(rules, Answer.empty(429).with("retry-after", 7));
    clock.advance(Duration.ofSeconds(7));
    attempt();
    assertThat(gate.violations()).hasSize(2);
  }

  @Test
  void postsThatAreHeldBackAreNotFoundUntilTheyHappen() throws Exception {
    try (Sandbox sandbox = Sandbox.builder(community).live(5).start()) {
      String last = community.postAt(19).id();
      assertThat(Http.authorised(sandbox, "/2/tweets?ids=" + last).json().has("data")).isFalse();
      assertThatThrownBy(() -> sandbox.publish(6)).hasMessageContaining("From 0 to 5");

      sandbox.publish(5);

      assertThat(sandbox.published()).isEqualTo(20);
      assertThat(Http.authorised(sandbox, "/2/tweets?ids=" + last).json().has("data"))
          .isEqualTo(!community.isDeleted(last));
    }
    assertThatThrownBy(() -> Sandbox.builder(community).live(21))
        .hasMessageContaining("From 0 to 20 posts can be held back");
  }

  @Test
  void postsHappenByThemselves() throws Exception {
    try (LiveFeed running = new LiveFeed(community, 5, Duration.ofMinutes(1))) {
      running.publishAt(10_000);
      while (running.published() < 20) {
        Thread.onSpinWait();
      }
    }
  }
}
