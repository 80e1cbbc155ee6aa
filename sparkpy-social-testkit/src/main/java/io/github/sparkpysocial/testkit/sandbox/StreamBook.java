package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes the clients that connect to a stream sooner than its network documents. Thread-safe. */
final class StreamBook {
  private final Clock clock;
  private final Gate gate;
  private final LiveFeed feed;
  private final Map<String, Failures> failures = new HashMap<>();

  StreamBook(Clock clock, Gate gate, LiveFeed feed) {
    this.clock = clock;
    this.gate = gate;
    this.feed = feed;
  }

  /**
   * The attempts in a row that failed in the same way.
   *
   * @param status the status answered, or 0 for none
   * @param count how many
   * @param until before when no attempt is to come
   */
  private record Failures(int status, int count, Instant until) {}

  /** Notes an attempt that comes too soon, or while the connection before is still open. */
  void attempt(StreamRules rules, Network network, String path) {
    Failures before;
    synchronized (failures) {
      before = failures.get(rules.key());
    }
    if (before != null && clock.instant().isBefore(before.until)) {
      gate.note(network, path, "connected to a stream again before " + before.until);
    }
    if (rules.oneConnection() && feed.isBusy(rules.key())) {
      gate.note(network, path, "connected to a stream while the connection before was open");
    }
  }

  /**
   * Remembers how an attempt went.
   *
   * @param answer what was answered, or {@code null} if the connection was closed without an answer
   */
  void answered(StreamRules rules, @Nullable Answer answer) {
    int status = answer == null ? 0 : answer.status();
    String retryAfter = answer == null ? null : answer.headers().get("retry-after");
    synchronized (failures) {
      if (status == 200 || status == 101) {
        failures.remove(rules.key());
        return;
      }
      Failures before = failures.get(rules.key());
      int count = before != null && before.status == status ? before.count + 1 : 1;
      Duration pause =
          retryAfter == null
              ? rules.pause(status, count)
              : Duration.ofSeconds(Long.parseLong(retryAfter));
      failures.put(rules.key(), new Failures(status, count, clock.instant().plus(pause)));
    }
  }
}
