package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for limits and before trying again, and tells of it. Thread-safe. */
final class Waits {
  private static final Logger log = LoggerFactory.getLogger(Waits.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(2);
  private static final Duration LOGGED = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private final Timing timing;
  private final LimitPolicy policy;
  private final LimitListener listener;
  private final Ceiling ceiling;
  private final int attempts;
  private final Duration longestRetry;
  private final SplittableRandom jitter;
  private final AtomicLong waitedNanos = new AtomicLong();

  Waits(RateLimitedTransport.Builder builder) {
    this.timing = builder.limits.timing();
    this.policy = builder.policy;
    this.listener = builder.listener;
    this.ceiling = builder.ceiling;
    this.attempts = builder.attempts;
    this.longestRetry = builder.longestRetry;
    this.jitter = new SplittableRandom(builder.seed);
  }

  Duration waited() {
    return Duration.ofNanos(waitedNanos.get());
  }

  Budget budget(String key) {
    return new Budget(key);
  }

  /** Waits, saying so before and from time to time. */
  private void sleep(LimitWait wait) throws InterruptedException {
    ceiling.check(timing.now(), wait.duration(), wait.reason());
    boolean isTold = wait.cause() != LimitWait.Cause.QUEUED;
    if (isTold) {
      listener.waiting(wait);
    }
    if (wait.duration().compareTo(LOGGED) >= 0) {
      log.info(
          "waiting {} s for {}, until {}: {}",
          wait.duration().toSeconds(),
          wait.key(),
          wait.wakesAt(),
          wait.reason());
    }
    Instant before = timing.now();
    try {
      Duration left = wait.duration();
      while (left.compareTo(HEARTBEAT) > 0) {
        timing.sleep(HEARTBEAT);
        left = left.minus(HEARTBEAT);
        if (isTold) {
          listener.stillWaiting(wait, left);
        }
      }
      timing.sleep(left);
    } finally {
      waitedNanos.addAndGet(Duration.between(before, timing.now()).toNanos());
    }
  }

  private double share() {
    synchronized (jitter) {
      return jitter.nextDouble();
    }
  }

  /** How long and how often one request may still wait and fail. Used by one thread. */
  final class Budget {
    private final String key;
    private Duration left = policy.longestWait();
    private Duration retried = Duration.ZERO;
    private @Nullable Instant failedAt;
    private int failures;

    private Budget(String key) {
      this.key = key;
    }

    /** Waits for a limit. */
    void await(Delay delay, Supplier<RateLimit> known) throws InterruptedException {
      // What we impose on ourselves, or is over with the next answer, is not the server's limit.
      if (delay.cause() != LimitWait.Cause.PACING && delay.cause() != LimitWait.Cause.QUEUED) {
        take(delay, known);
      }
      failedAt = null;
      sleep(wait(delay));
    }

    /**
     * Waits before a request that failed by accident is tried again.
     *
     * @param asked how long the server wants it to wait, or {@code null} if it does not say
     * @throws TransportException if it has failed often or long enough
     */
    void failed(@Nullable Duration asked, String reason, @Nullable Throwable cause)
        throws InterruptedException {
      Instant now = timing.now();
      if (failedAt != null) {
        retried = retried.plus(Duration.between(failedAt, now));
      }
      failedAt = now;
      failures++;
      Duration pause = asked;
      if (pause == null) {
        pause = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, 10));
        pause = pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
        // Callers that failed together do not come back together.
        pause = pause.plusMillis((long) (pause.toMillis() * share() / 2));
      }
      if (failures >= attempts || retried.plus(pause).compareTo(longestRetry) > 0) {
        throw new TransportException(
            reason
                + " (tried "
                + failures
                + " times"
                + (failures >= attempts ? "" : " in " + retried.toSeconds() + " s")
                + ")",
            cause);
      }
      log.debug("{}; trying again in {} ms", reason, pause.toMillis());
      Delay delay = new Delay(pause, LimitWait.Cause.RETRY, reason);
      if (asked != null) {
        take(delay, () -> new RateLimit(key, null, null, null, null));
      }
      sleep(wait(delay));
    }

    private LimitWait wait(Delay delay) {
      return new LimitWait(
          key,
          delay.cause(),
          delay.duration(),
          timing.now().plus(delay.duration()),
          delay.reason());
    }

    private void take(Delay delay, Supplier<RateLimit> known) {
      if (delay.duration().compareTo(left) > 0) {
        throw new RateLimitExceededException(
            "The rate limit of "
                + key
                + " is reached ("
                + delay.reason()
                + ") and would take "
                + Math.max(1, delay.duration().toSeconds())
                + " s of waiting; wait until "
                + timing.now().plus(delay.duration())
                + ", or allow it by LimitPolicy.waitUpTo(..) or LimitPolicy.WAIT",
            known.get());
      }
      left = left.minus(delay.duration());
    }
  }
}
