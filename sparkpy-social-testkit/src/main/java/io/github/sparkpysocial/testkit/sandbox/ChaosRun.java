package io.github.sparkpysocial.testkit.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A chaos as it runs in one sandbox. Thread-safe. */
final class ChaosRun {
  private final Chaos chaos;
  private final Clock clock;
  private final Instant start;
  private final long[] seen;
  private final int[] struck;

  ChaosRun(Chaos chaos, Clock clock) {
    this.chaos = chaos;
    this.clock = clock;
    this.start = clock.instant();
    this.seen = new long[chaos.rules().size()];
    this.struck = new int[chaos.rules().size()];
  }

  /** Counts a request on a path; returns what goes wrong with its answer, if anything. */
  synchronized @Nullable Fault next(String path) {
    Fault fault = null;
    Duration now = Duration.between(start, clock.instant());
    for (int i = 0; i < seen.length; i++) {
      ChaosRule rule = chaos.rules().get(i);
      if (path.startsWith(rule.path())) {
        long number = seen[i]++; // also when another rule strikes, so that they stay independent
        if (fault == null && struck[i] < rule.times() && applies(rule, i, number, now)) {
          struck[i]++;
          fault = rule.fault();
        }
      }
    }
    return fault;
  }

  private boolean applies(ChaosRule rule, int index, long number, Duration now) {
    Duration until = rule.until();
    if (number < rule.skip()
        || (number - rule.skip()) % rule.every() != 0
        || now.compareTo(rule.from()) < 0
        || (until != null && now.compareTo(until) >= 0)) {
      return false;
    }
    return rule.probability() >= 1
        || new SplittableRandom(chaos.seed() + 1_000_003L * index + number).nextDouble()
            < rule.probability();
  }
}
