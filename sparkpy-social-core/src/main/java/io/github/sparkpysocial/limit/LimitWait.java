package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * A wait that is about to begin.
 *
 * @param key the quota waited for
 * @param cause why
 * @param duration how long
 * @param wakesAt when it ends, on this machine's clock
 * @param reason in words
 */
public record LimitWait(
    String key, Cause cause, Duration duration, Instant wakesAt, String reason) {

  /** Why a request waits. */
  public enum Cause {
    /** The quota is used up, or all of it that is not held in reserve. */
    QUOTA,
    /** The server refused and wants to be left alone for a while. */
    BLOCKED,
    /** The request failed and is tried again. */
    RETRY,
    /** What is left is spread over the window; the server would answer. See {@link Pacing#EVEN}. */
    PACING,
    /** Another request of the same quota is on its way and its answer will tell. Very short. */
    QUEUED
  }
}
