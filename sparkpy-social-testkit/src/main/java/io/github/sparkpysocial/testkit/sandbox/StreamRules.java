package io.github.sparkpysocial.testkit.sandbox;

import java.time.Duration;

/**
 * What a network documents about connecting to a stream.
 *
 * @param key whose stream it is, such as a network and a token
 * @param oneConnection whether a second connection is refused while one is open
 * @param connection how much longer each pause is after a connection that failed; the first attempt
 *     after an open stream ended may come at once
 * @param refusal the first pause after an answer with an error, doubling up to 64 times
 * @param limit the first pause after an answer 429 without Retry-After, doubling up to 16 times
 */
record StreamRules(
    String key, boolean oneConnection, Duration connection, Duration refusal, Duration limit) {

  /**
   * Returns the rules of X (<a
   * href="https://docs.x.com/x-api/fundamentals/handling-disconnections">handling
   * disconnections</a>): 250 ms more each time, 5 s doubling, 60 s doubling.
   */
  static StreamRules ofX(String key) {
    return new StreamRules(
        key, true, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  /** Returns the rules of a network that documents none. */
  static StreamRules none(String key) {
    return new StreamRules(key, false, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Returns how long a client has to wait.
   *
   * @param status the status that was answered, or 0 if none was
   * @param failures how many attempts have failed in a row in this way
   */
  Duration pause(int status, int failures) {
    if (status == 0) {
      return connection.multipliedBy(Math.min(failures, 64));
    }
    return status == 429
        ? limit.multipliedBy(1L << Math.min(failures - 1, 4))
        : refusal.multipliedBy(1L << Math.min(failures - 1, 6));
  }
}
