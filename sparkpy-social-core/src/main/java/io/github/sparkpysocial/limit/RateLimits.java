package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all limits: one state per credential and key, shared by all callers, so that a
 * limit met by one pauses them all. Thread-safe.
 */
public final class RateLimits {
  private static final RateLimits SHARED = new RateLimits(Timing.system());

  private final Timing timing;
  private final ConcurrentMap<String, KeyState> states = new ConcurrentHashMap<>();

  private RateLimits(Timing timing) {
    this.timing = timing;
  }

  /** Returns the limits that the whole process shares, on this machine's clock. */
  public static RateLimits shared() {
    return SHARED;
  }

  /** Returns limits of their own, nothing known yet. */
  public static RateLimits create(Timing timing) {
    return new RateLimits(Objects.requireNonNull(timing, "timing"));
  }

  /** Returns what is known of all limits, in no order. */
  public List<RateLimit> known() {
    Instant now = timing.now();
    return states.values().stream().map(state -> state.snapshot(now)).toList();
  }

  Timing timing() {
    return timing;
  }

  /**
   * Returns the state of a key.
   *
   * @param scope the server and credential the key belongs to; never printed
   */
  KeyState state(String scope, String key, List<Quota> quotas, double reserve) {
    return states.computeIfAbsent(scope + '\n' + key, k -> new KeyState(key, quotas, reserve));
  }

  /** Returns the state of one address, or {@code null} if it was never paused by itself. */
  @Nullable KeyState ofAddress(String scope, HttpRequest request) {
    return states.get(scope + '\n' + request.method() + ' ' + request.uri());
  }

  /** Pauses one address and no other. */
  void pauseAddress(String scope, HttpRequest request, Instant until, String reason) {
    states
        .computeIfAbsent(
            scope + '\n' + request.method() + ' ' + request.uri(),
            k -> new KeyState(request.toString(), List.of(), 0))
        .leaveAlone(until, reason);
  }

  /** How long a request has to wait, and why; {@code null} if it may go. */
  record Delay(Duration duration, LimitWait.Cause cause, String reason) {}

  /** Returns the server's clock as an answer shows it, or the local one if it does not. */
  Instant serverTime(@Nullable String dateHeader) {
    if (dateHeader != null) {
      try {
        return ResetEncoding.httpDate(dateHeader);
      } catch (java.time.DateTimeException e) {
        return timing.now();
      }
    }
    return timing.now();
  }
}
