package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.time.Instant;

/** The clock that waits are measured by, and the way to wait. Tests bring their own. */
public interface Timing {

  /** Returns now. Only differences of it matter; it never goes back. */
  Instant now();

  /**
   * Waits.
   *
   * @throws InterruptedException at once if the thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Returns the timing of this machine: it starts at the system's clock and then follows the
   * monotonic one, so that setting the clock neither cuts nor stretches a wait.
   */
  static Timing system() {
    return SystemTiming.INSTANCE;
  }
}
