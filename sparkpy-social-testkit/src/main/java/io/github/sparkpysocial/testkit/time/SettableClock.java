package io.github.sparkpysocial.testkit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that stands still until it is moved. Given to a sandbox and to a client, it lets a test
 * wait fifteen minutes in no time: {@link #sleep} returns at once and moves the clock instead.
 * Thread-safe; copies made by {@link #withZone} share the time.
 */
public final class SettableClock extends Clock {
  private final Hands hands;
  private final ZoneId zone;

  private SettableClock(Hands hands, ZoneId zone) {
    this.hands = hands;
    this.zone = zone;
  }

  /** Returns a clock that stands at an instant, in UTC. */
  public static SettableClock at(Instant instant) {
    return new SettableClock(new Hands(Objects.requireNonNull(instant, "instant")), ZoneOffset.UTC);
  }

  /** Moves the clock forward, or back for a negative duration. */
  public void advance(Duration duration) {
    hands.move(duration);
  }

  /** Sets the clock. */
  public void set(Instant instant) {
    hands.set(Objects.requireNonNull(instant, "instant"));
  }

  /**
   * Moves the clock forward and returns at once: to be passed as {@code clock::sleep} where a
   * client would put its thread to sleep. A negative duration does nothing.
   *
   * @throws InterruptedException if the thread is interrupted, as a real sleep does
   */
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted before sleeping " + duration);
    }
    if (!duration.isNegative()) {
      advance(duration);
    }
  }

  @Override
  public Instant instant() {
    return hands.now();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId newZone) {
    return new SettableClock(hands, newZone);
  }

  /** The time that a clock and its copies in other zones share. */
  private static final class Hands {
    private Instant now;

    Hands(Instant now) {
      this.now = now;
    }

    synchronized Instant now() {
      return now;
    }

    synchronized void set(Instant instant) {
      now = instant;
    }

    synchronized void move(Duration duration) {
      now = now.plus(duration);
    }
  }

  @Override
  public String toString() {
    return "SettableClock[" + instant() + ", " + zone + ']';
  }
}
