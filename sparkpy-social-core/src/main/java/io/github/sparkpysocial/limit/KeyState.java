package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.limit.RateLimits.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one quota. Instants are on the local, monotonic clock; a server's instant becomes
 * one by adding the server's own "how long from now" to the moment its answer arrived. Thread-safe.
 */
final class KeyState {
  /** What a server that does not say how long is left alone for, first and at most. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(60);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(16);

  /** Reset times are whole seconds; two that differ by no more are the same window. */
  private static final Duration SAME_WINDOW = Duration.ofSeconds(2);

  /** Waited beyond a reset, since servers round their times. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final String key;
  private final double reserve;
  private final List<LocalWindow> local;
  private final Map<String, ServerWindow> windows = new LinkedHashMap<>();
  private long inFlight;
  private int unexplainedRefusals;
  private @Nullable Instant blockedUntil;
  private String blockedReason = "";
  private Duration serverAhead = Duration.ZERO;

  KeyState(String key, List<Quota> quotas, double reserve) {
    this.key = key;
    this.reserve = reserve;
    this.local = new ArrayList<>();
    quotas.forEach(quota -> local.add(new LocalWindow(quota)));
  }

  /** What the server told of a window of its quota. */
  private static final class ServerWindow {
    @Nullable Long limit;
    long remaining;
    Instant resetsAt;

    ServerWindow(QuotaReading reading, Instant resetsAt) {
      this.limit = reading.limit();
      this.remaining = reading.remaining();
      this.resetsAt = resetsAt;
    }
  }

  /** A quota that the server does not announce: what was used, and when. */
  private static final class LocalWindow {
    private record Use(Instant at, long cost) {}

    private final Quota quota;
    private final Deque<Use> uses = new ArrayDeque<>();
    private long used;

    LocalWindow(Quota quota) {
      this.quota = quota;
    }

    void use(Instant now, long cost) {
      uses.addLast(new Use(now, cost));
      used += cost;
    }

    /** Returns when {@code cost} more fits beside what was used and is on its way. */
    Instant opensAt(Instant now, long cost, long inFlight) {
      while (!uses.isEmpty() && !uses.getFirst().at().plus(quota.per()).isAfter(now)) {
        used -= uses.removeFirst().cost();
      }
      long needed = used + inFlight + Math.min(cost, quota.permits()) - quota.permits();
      Instant opens = now;
      for (Use use : uses) {
        if (needed <= 0) {
          return opens;
        }
        needed -= use.cost();
        opens = use.at().plus(quota.per());
      }
      // What is on its way counts from when it is answered; look again then.
      return needed <= 0 ? opens : now.plus(quota.per().dividedBy(quota.permits()));
    }
  }

  /** Takes permission for a request, or says how long to wait before asking again. */
  synchronized @Nullable Delay tryAcquire(Instant now, long cost) {
    if (blockedUntil != null && now.isBefore(blockedUntil)) {
      return new Delay(Duration.between(now, blockedUntil), LimitWait.Cause.BLOCKED, blockedReason);
    }
    blockedUntil = null;
    Instant opens = now;
    for (ServerWindow window : windows.values()) {
      if (!now.isBefore(window.resetsAt)) {
        window.remaining = window.limit == null ? Long.MAX_VALUE : window.limit;
        continue; // full again, as far as is known
      }
      long kept = window.limit == null ? 0 : (long) (window.limit * reserve);
      long most = window.limit == null ? cost : Math.max(1, window.limit - kept);
      if (window.remaining - inFlight - kept < Math.min(cost, most)
          && window.resetsAt.isAfter(opens)) {
        opens = window.resetsAt;
      }
    }
    for (LocalWindow window : local) {
      Instant opensAt = window.opensAt(now, cost, inFlight);
      opens = opensAt.isAfter(opens) ? opensAt : opens;
    }
    if (opens.isAfter(now)) {
      return new Delay(
          Duration.between(now, opens),
          LimitWait.Cause.QUOTA,
          "the quota of " + key + " is used up");
    }
    inFlight += cost;
    return null;
  }

  /** Notes that a request got no answer; the server may have counted it. */
  synchronized void unanswered(Instant now, long cost) {
    settle(now, cost);
    windows.values().forEach(window -> window.remaining = Math.max(0, window.remaining - cost));
  }

  /** Notes what an answer says. */
  synchronized void answered(Instant now, Instant serverTime, long cost, LimitSignal signal) {
    settle(now, cost);
    serverAhead = Duration.between(now, serverTime);
    for (QuotaReading reading : signal.quotas()) {
      update(reading, now.plus(reading.untilReset()).plus(MARGIN));
    }
    if (signal.verdict() == LimitSignal.Verdict.LIMITED) {
      block(now, signal);
    } else if (signal.verdict() == LimitSignal.Verdict.PROCEED) {
      unexplainedRefusals = 0;
    }
  }

  private void settle(Instant now, long cost) {
    inFlight -= cost;
    local.forEach(window -> window.use(now, cost));
  }

  private void update(QuotaReading reading, Instant resetsAt) {
    ServerWindow known = windows.get(reading.window());
    Duration later = known == null ? Duration.ZERO : Duration.between(known.resetsAt, resetsAt);
    if (known == null || later.compareTo(SAME_WINDOW) > 0) {
      windows.put(reading.window(), new ServerWindow(reading, resetsAt));
    } else if (later.abs().compareTo(SAME_WINDOW) <= 0) {
      // Answers overtake each other; within a window the smallest number is the last one.
      known.remaining = Math.min(known.remaining, reading.remaining());
      known.limit = reading.limit();
    }
  }

  /** Notes that the server wants to be left alone until then, though nothing is wrong. */
  synchronized void leaveAlone(Instant until, String reason) {
    if (blockedUntil == null || until.isAfter(blockedUntil)) {
      blockedUntil = until;
      blockedReason = reason;
    }
  }

  private void block(Instant now, LimitSignal signal) {
    Duration pause = signal.pause();
    if (pause != null) {
      pause = pause.plus(MARGIN);
    } else {
      pause =
          signal.quotas().stream()
              .filter(reading -> reading.remaining() <= 0)
              .map(reading -> reading.untilReset().plus(MARGIN))
              .max(Comparator.naturalOrder())
              .orElse(null);
    }
    if (pause == null) {
      pause = FIRST_PAUSE.multipliedBy(1L << Math.min(unexplainedRefusals++, 4));
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    Instant until = now.plus(pause);
    if (blockedUntil == null || until.isAfter(blockedUntil)) {
      blockedUntil = until;
      blockedReason = signal.reason() == null ? key + " refuses" : signal.reason();
    }
  }

  /** Returns what is known, on the server's clock: of several windows the one most used up. */
  synchronized RateLimit snapshot(Instant now) {
    ServerWindow tightest =
        windows.values().stream()
            .filter(window -> now.isBefore(window.resetsAt))
            .min(Comparator.comparingLong(window -> window.remaining))
            .orElse(null);
    Instant blocked =
        blockedUntil != null && now.isBefore(blockedUntil) ? blockedUntil.plus(serverAhead) : null;
    return tightest == null
        ? new RateLimit(key, null, null, null, blocked)
        : new RateLimit(
            key,
            tightest.limit,
            Math.max(0, tightest.remaining),
            tightest.resetsAt.minus(MARGIN).plus(serverAhead),
            blocked);
  }
}
