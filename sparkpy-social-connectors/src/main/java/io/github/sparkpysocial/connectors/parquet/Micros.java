package io.github.sparkpysocial.connectors.parquet;

import java.time.Instant;

/** Times as microseconds since 1970, which is what Spark keeps. */
final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final long NANOS = 1_000;

  private Micros() {}

  /**
   * Returns the microsecond in which a time is.
   *
   * @throws ArithmeticException if it is more than 292,000 years from 1970
   */
  static long of(Instant time) {
    long whole = Math.multiplyExact(time.getEpochSecond() + 1, PER_SECOND);
    return whole - PER_SECOND + time.getNano() / NANOS;
  }

  /** Returns whether a time is within 292,000 years of 1970. */
  static boolean holds(Instant time) {
    try {
      of(time);
      return true;
    } catch (ArithmeticException outOfRange) {
      return false;
    }
  }

  static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }
}
