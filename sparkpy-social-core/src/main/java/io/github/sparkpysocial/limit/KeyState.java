package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one quota of one credential. Instants are on the local, monotonic clock; a server's
 * instant becomes one by adding the server's own "how long from now" to the moment its answer
 * arrived. Not thread-safe.
 */
final class KeyState {
  /** Waited beyond a reset, since servers round their times to seconds. */
  static final Duration MARGIN = Duration.ofSeconds(1);

  /** How soon to look again when another request's answer will tell. */
  private static final Duration POLL = Duration.ofMillis(20);

  /** The owner of what is held for another machine. */
  static final String REMOTE = "remote";

  /**
   * A remote owner that is not heard of for so long is taken for dead, and what it held for used.
   */
  private static final Duration REMOTE_LEASE = Duration.ofMinutes(5);

  private final String key;
  private final List<LocalWindow> local = new ArrayList<>();
  private final Map<String, ServerWindow> windows = new LinkedHashMap<>();
  private final Map<Long, Lease> leases = new LinkedHashMap<>();
  private final Block block = new Block();
  private Duration serverAhead = Duration.ZERO;
  private @Nullable Instant lastGrant;

  /** Whether the next answer has to come before more than one request may be on its way. */
  private boolean probing = true;

  KeyState(String key, List<Quota> quotas) {
    this.key = key;
    quotas.forEach(quota -> local.add(new LocalWindow(quota)));
  }

  /** A request on its way: who sent it, and when it is given up, if ever. */
  private record Lease(long cost, String owner, @Nullable Instant expiresAt) {
    boolean isOver(Instant now) {
      return expiresAt != null && !now.isBefore(expiresAt);
    }
  }

  /** Returns how long a request has to wait, or {@code null} if it may go. */
  @Nullable Delay delay(Instant now, Ask ask) {
    expire(now, lease -> lease.isOver(now));
    Delay blocked = block.delay(now);
    if (blocked != null) {
      return blocked;
    }
    if (probing && !leases.isEmpty()) {
      return new Delay(POLL, LimitWait.Cause.QUEUED, "another request asks how much is left");
    }
    long inFlight = inFlight();
    Instant opens = now;
    Instant paced = now;
    boolean untold = false;
    for (ServerWindow window : windows.values()) {
      boolean rolled = window.roll(now);
      long free = window.remaining - inFlight - window.kept(ask.reserve());
      if (rolled) {
        // Full again, as far as is known; but what is on its way may count in the new window.
        probing |= window.limit == null;
        untold |= inFlight > 0 && free < window.wanted(ask);
      } else if (free < window.wanted(ask)) {
        opens = later(opens, window.resetsAt);
      } else {
        paced = later(paced, next(ask, Duration.between(now, window.resetsAt), free));
      }
    }
    for (LocalWindow window : local) {
      opens = later(opens, window.opensAt(now, ask.cost(), inFlight));
      paced = later(paced, next(ask, window.quota().per(), window.quota().permits()));
    }
    if (opens.isAfter(now)) {
      return new Delay(
          Duration.between(now, opens),
          LimitWait.Cause.QUOTA,
          "the quota of " + key + " is used up");
    }
    if (untold) {
      return new Delay(
          POLL, LimitWait.Cause.QUEUED, "answers are to tell how much is left in a new window");
    }
    return paced.isAfter(now)
        ? new Delay(
            Duration.between(now, paced),
            LimitWait.Cause.PACING,
            "the quota of " + key + " is spread over its window")
        : null;
  }

  /** Returns when the next request may follow the last one if so much is spread over this time. */
  private Instant next(Ask ask, Duration time, long free) {
    if (ask.pacing() == Pacing.BURST || lastGrant == null || free < 1) {
      return Instant.MIN;
    }
    return lastGrant.plus(time.multipliedBy(ask.cost()).dividedBy(free));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Returns how much is left, for choosing among several credentials. */
  long headroom() {
    long inFlight = inFlight();
    return windows.values().stream().mapToLong(window -> window.remaining).min().orElse(1L << 40)
        - inFlight;
  }

  /** Takes permission for a request that has not to wait. */
  void take(Instant now, long lease, long cost, String owner) {
    leases.put(lease, new Lease(cost, owner, owner.equals(REMOTE) ? now.plus(REMOTE_LEASE) : null));
    lastGrant = now;
  }

  /** Counts as used what those hold who are no more; returns whether there was any. */
  boolean reap(Instant now, Predicate<String> isAlive) {
    return expire(now, lease -> !isAlive.test(lease.owner()));
  }

  private boolean expire(Instant now, Predicate<Lease> isOver) {
    boolean any = false;
    for (Iterator<Lease> held = leases.values().iterator(); held.hasNext(); ) {
      Lease lease = held.next();
      if (isOver.test(lease)) {
        held.remove();
        countAsUsed(now, lease.cost());
        any = true;
      }
    }
    return any;
  }

  /** Notes that a request got no answer; the server may have counted it. */
  void unanswered(Instant now, long lease) {
    Lease held = leases.remove(lease);
    if (held != null) {
      countAsUsed(now, held.cost());
    }
  }

  private void countAsUsed(Instant now, long cost) {
    local.forEach(window -> window.use(now, cost));
    windows.values().forEach(window -> window.use(cost));
  }

  /**
   * Notes what an answer says.
   *
   * @return how long the server wants to be left alone because of it, or {@code null} if not at all
   */
  @Nullable Duration answered(Instant now, Instant serverTime, long lease, LimitSignal signal) {
    Lease held = leases.remove(lease);
    if (held != null) {
      local.forEach(window -> window.use(now, held.cost()));
      if (signal.verdict() != LimitSignal.Verdict.LIMITED) {
        countUnlessTold(held.cost(), signal);
      }
    }
    serverAhead = Duration.between(now, serverTime);
    probing = false;
    for (QuotaReading reading : signal.quotas()) {
      update(reading, now, now.plus(reading.untilReset()).plus(MARGIN));
    }
    if (signal.verdict() == LimitSignal.Verdict.LIMITED) {
      probing = !signal.saysHowLong();
      return block.refused(now, signal, key);
    }
    if (signal.verdict() == LimitSignal.Verdict.PROCEED) {
      block.passed();
    }
    return null;
  }

  /** Counts for ourselves where an answer does not say what is left. */
  private void countUnlessTold(long cost, LimitSignal signal) {
    windows.forEach(
        (name, window) -> {
          if (signal.quotas().stream().noneMatch(reading -> reading.window().equals(name))) {
            window.use(cost);
          }
        });
  }

  private void update(QuotaReading reading, Instant now, Instant resetsAt) {
    ServerWindow known = windows.get(reading.window());
    if (known == null || known.isFollowedBy(now, resetsAt)) {
      windows.put(reading.window(), new ServerWindow(reading, resetsAt));
    } else {
      known.update(reading, resetsAt);
    }
  }

  /** Returns whether nothing is known of it that a new one would not assume. */
  boolean isForgettable(Instant now) {
    return leases.isEmpty()
        && block.until(now) == null
        && windows.values().stream().noneMatch(window -> now.isBefore(window.resetsAt))
        && local.stream().noneMatch(window -> window.isUsed(now));
  }

  boolean isIdle() {
    return leases.isEmpty();
  }

  private long inFlight() {
    return leases.values().stream().mapToLong(Lease::cost).sum();
  }

  /** Returns what is known, on the server's clock: of several windows the one most used up. */
  RateLimit snapshot(Instant now, @Nullable Instant blockedElsewhere) {
    ServerWindow tightest =
        windows.values().stream()
            .filter(window -> now.isBefore(window.resetsAt))
            .min(Comparator.comparingLong(window -> window.remaining))
            .orElse(null);
    Instant until = block.until(now);
    if (blockedElsewhere != null && (until == null || blockedElsewhere.isAfter(until))) {
      until = blockedElsewhere;
    }
    Instant blocked = until == null ? null : until.plus(serverAhead);
    return tightest == null
        ? new RateLimit(key, null, null, null, blocked)
        : new RateLimit(
            key,
            tightest.limit,
            Math.max(0, tightest.remaining),
            tightest.resetsAt.minus(MARGIN).plus(serverAhead),
            blocked);
  }

  ObjectNode toJson(Instant now) {
    ObjectNode node = LimitJson.object();
    node.put("key", key).put("probing", probing).put("ahead", serverAhead.toNanos());
    if (lastGrant != null) {
      node.put("lastGrant", LimitJson.nanos(now, lastGrant));
    }
    block.toJson(node.putObject("block"), now);
    ArrayNode known = node.putArray("windows");
    windows.forEach((name, window) -> known.add(window.toJson(name, now)));
    ArrayNode own = node.putArray("local");
    local.forEach(window -> own.add(window.toJson(now)));
    ArrayNode held = node.putArray("leases");
    leases.forEach(
        (id, lease) -> {
          ObjectNode one = held.addObject();
          one.put("id", id).put("cost", lease.cost()).put("owner", lease.owner());
          if (lease.expiresAt() != null) {
            one.put("expires", LimitJson.nanos(now, lease.expiresAt()));
          }
        });
    return node;
  }

  static KeyState fromJson(JsonNode node, Instant now) {
    KeyState state = new KeyState(node.path("key").asText(), List.of());
    state.probing = node.path("probing").asBoolean();
    state.serverAhead = Duration.ofNanos(node.path("ahead").asLong());
    Long lastGrant = LimitJson.number(node, "lastGrant");
    state.lastGrant = lastGrant == null ? null : now.plusNanos(lastGrant);
    state.block.fromJson(node.path("block"), now);
    for (JsonNode window : node.path("windows")) {
      state.windows.put(window.path("name").asText(), ServerWindow.fromJson(window, now));
    }
    node.path("local").forEach(window -> state.local.add(LocalWindow.fromJson(window, now)));
    for (JsonNode lease : node.path("leases")) {
      Long expires = LimitJson.number(lease, "expires");
      state.leases.put(
          lease.path("id").asLong(),
          new Lease(
              lease.path("cost").asLong(),
              Objects.requireNonNullElse(LimitJson.text(lease, "owner"), ""),
              expires == null ? null : now.plusNanos(expires)));
    }
    return state;
  }
}
