package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one answer means for the limits of its key.
 *
 * @param verdict what to do with the answer
 * @param quotas what it says of the quota's windows
 * @param pause how long the server wants to be left alone, by its own clock, or {@code null} if it
 *     does not say; of an answer that goes to the caller, how long its address alone
 * @param reason what the server said, fit for a message, or {@code null}
 */
public record LimitSignal(
    Verdict verdict, List<QuotaReading> quotas, @Nullable Duration pause, @Nullable String reason) {

  /** What to do with an answer. */
  public enum Verdict {
    /** It is an answer, good or bad, for the caller. */
    PROCEED,
    /** A limit is reached: wait and ask again, however often it takes. Not a failure. */
    LIMITED,
    /** A cap is reached that waiting does not lift: fail at once. */
    EXHAUSTED,
    /** The server failed or is not ready: ask again, a few times. */
    RETRY
  }

  public LimitSignal {
    Objects.requireNonNull(verdict, "verdict");
    quotas = List.copyOf(quotas);
  }

  /** Returns the signal of an answer that goes to the caller. */
  public static LimitSignal proceed(List<QuotaReading> quotas) {
    return new LimitSignal(Verdict.PROCEED, quotas, null, null);
  }

  /**
   * Returns the signal of an answer that goes to the caller, while the server wants its address,
   * and no other, to be left alone for a while: {@code X-Poll-Interval}.
   */
  public static LimitSignal proceed(
      List<QuotaReading> quotas, @Nullable Duration pauseOfAddress, String reason) {
    return new LimitSignal(Verdict.PROCEED, quotas, pauseOfAddress, reason);
  }

  /** Returns the signal of a limit that is reached. */
  public static LimitSignal limited(
      List<QuotaReading> quotas, @Nullable Duration pause, String reason) {
    return new LimitSignal(Verdict.LIMITED, quotas, pause, reason);
  }

  /** Returns the signal of a cap that waiting does not lift. */
  public static LimitSignal exhausted(List<QuotaReading> quotas, String reason) {
    return new LimitSignal(Verdict.EXHAUSTED, quotas, null, reason);
  }

  /** Returns the signal of a failure that may pass. */
  public static LimitSignal retry(
      List<QuotaReading> quotas, @Nullable Duration pause, String reason) {
    return new LimitSignal(Verdict.RETRY, quotas, pause, reason);
  }

  /** Returns whether it tells when to ask again; a moment that has passed is no help. */
  boolean saysHowLong() {
    return pause != null
        ? !pause.isZero()
        : quotas.stream().anyMatch(quota -> quota.remaining() <= 0 && !quota.untilReset().isZero());
  }
}
