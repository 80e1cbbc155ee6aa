package io.github.sparkpysocial.limit;

import java.time.Duration;

/** Hears of waits before they begin. Called on the thread that waits, and by several at once. */
@FunctionalInterface
public interface LimitListener {

  /** Hears of nothing. */
  LimitListener NONE = wait -> {};

  /** A thread is about to wait. */
  void waiting(LimitWait wait);

  /**
   * A thread still waits; told every 30 seconds, so that a long wait is seen to be alive.
   *
   * @param left how long it will go on
   */
  default void stillWaiting(LimitWait wait, Duration left) {}
}
