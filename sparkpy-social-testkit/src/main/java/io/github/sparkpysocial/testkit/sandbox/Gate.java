package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The windows of all limits: each key has a number of points until a time, then the full number
 * again. Notes the requests that a well-behaved client would not have sent. Thread-safe.
 */
final class Gate {
  private final Clock clock;
  private final Map<String, Window> windows = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  Gate(Clock clock) {
    this.clock = clock;
  }

  /**
   * What a gate says to a request.
   *
   * @param allowed whether it may pass
   * @param limit the points of a window
   * @param remaining the points left after this request
   * @param resetsAt when the window is full again, to the second as networks tell it
   */
  record Ticket(boolean allowed, int limit, int remaining, Instant resetsAt) {
    int used() {
      return limit - remaining;
    }
  }

  private static final class Window {
    private Instant resetsAt = Instant.EPOCH;
    private int used;
    private @Nullable Instant blockedUntil;
  }

  /** Takes points from a key's window, or notes a violation if there are not enough. */
  synchronized Ticket take(Network network, String path, String key, Limits.Rate rate, int points) {
    Window window = window(key, rate.window());
    boolean allowed = window.used + points <= rate.most();
    if (allowed) {
      window.used += points;
    } else {
      note(network, path, "more than " + rate.most() + " in " + rate.window() + " for " + key);
    }
    return ticket(allowed, window, rate);
  }

  /** Returns how a key's window stands, without taking from it. */
  synchronized Ticket peek(String key, Limits.Rate rate) {
    Window window = window(key, rate.window());
    return ticket(window.used < rate.most(), window, rate);
  }

  private static Ticket ticket(boolean allowed, Window window, Limits.Rate rate) {
    return new Ticket(
        allowed, rate.most(), Math.max(0, rate.most() - window.used), window.resetsAt);
  }

  /** Gives points back, as for an answer that does not count. */
  synchronized void giveBack(String key, int points) {
    Window window = windows.get(key);
    if (window != null) {
      window.used = Math.max(0, window.used - points);
    }
  }

  private Window window(String key, Duration length) {
    Window window = windows.computeIfAbsent(key, k -> new Window());
    Instant now = clock.instant();
    // A window also ends when the clock was set back by more than its length.
    if (!now.isBefore(window.resetsAt)
        || now.plus(length).plusSeconds(1).isBefore(window.resetsAt)) {
      window.resetsAt = Instant.ofEpochSecond(now.plus(length).getEpochSecond());
      window.used = 0;
    }
    return window;
  }

  /** Shuts a key for a time, because the client was just told so. */
  synchronized void block(String key, Duration duration) {
    windows.computeIfAbsent(key, k -> new Window()).blockedUntil = clock.instant().plus(duration);
  }

  /** Returns how long a key stays shut, having noted a violation, or {@code null} if it is open. */
  synchronized @Nullable Duration blocked(Network network, String path, String key) {
    Window window = windows.get(key);
    if (window == null || window.blockedUntil == null) {
      return null;
    }
    Duration left = Duration.between(clock.instant(), window.blockedUntil);
    if (left.isNegative() || left.isZero()) {
      window.blockedUntil = null;
      return null;
    }
    note(network, path, "told to wait until " + window.blockedUntil + " for " + key);
    return left;
  }

  synchronized void note(Network network, String path, String rule) {
    violations.add(new Violation(clock.instant(), network, path, rule));
  }

  synchronized List<Violation> violations() {
    return List.copyOf(violations);
  }
}
