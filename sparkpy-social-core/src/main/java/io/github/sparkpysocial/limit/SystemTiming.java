package io.github.sparkpysocial.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The monotonic clock, anchored to the system's once. */
final class SystemTiming implements Timing {
  static final SystemTiming INSTANCE = new SystemTiming();

  private final Instant start = Clock.systemUTC().instant();
  private final long startNanos = System.nanoTime();

  private SystemTiming() {}

  @Override
  public Instant now() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    // Rounded up: waking a fraction too early would ask the server once too often.
    Thread.sleep(duration.plusNanos(999_999).toMillis());
  }
}
