package io.github.sparkpysocial.limit;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What is known of all limits: one state per credential and key, shared by all callers, so that a
 * limit met by one pauses them all. Thread-safe.
 */
public final class RateLimits {
  private static final RateLimits SHARED = create(Timing.system());

  private final Timing timing;
  private final LimitBook book;
  private final ConcurrentMap<String, ServerClock> clocks = new ConcurrentHashMap<>();

  RateLimits(Timing timing, LimitBook book) {
    this.timing = timing;
    this.book = book;
  }

  /** Returns the limits that the whole process shares, on this machine's clock. */
  public static RateLimits shared() {
    return SHARED;
  }

  /** Returns limits of their own, nothing known yet. */
  public static RateLimits create(Timing timing) {
    return new RateLimits(Objects.requireNonNull(timing, "timing"), new StateBook.InMemory(timing));
  }

  /**
   * Returns limits that all processes of this machine share which name the same directory, so that
   * they keep one budget: one small file for each server, without secrets. A process that dies
   * gives back what it held; what it had on its way counts as used.
   *
   * @param directory where the files are kept; it is made with the first request
   * @param timing usually {@link Timing#system()}
   */
  public static RateLimits sharedBy(Path directory, Timing timing) {
    Objects.requireNonNull(directory, "directory");
    MachineTime machine = timing == Timing.system() ? MachineTime.system() : MachineTime.of(timing);
    return new RateLimits(timing, new SharedBook(directory, timing, machine));
  }

  /** Returns what is known of all limits, in no order. */
  public List<RateLimit> known() {
    return book.known();
  }

  Timing timing() {
    return timing;
  }

  LimitBook book() {
    return book;
  }

  /** Returns what is known of a server's clock. */
  ServerClock clock(String host) {
    return clocks.computeIfAbsent(host, name -> new ServerClock());
  }
}
