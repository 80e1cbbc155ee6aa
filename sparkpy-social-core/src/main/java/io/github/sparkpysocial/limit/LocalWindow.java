package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A quota that the server does not announce: what was used, and when. It holds in any span of its
 * length, however the server cuts its windows. Not thread-safe.
 */
final class LocalWindow {
  /** Uses are told apart no finer than this part of the window, so that few are kept. */
  private static final int MOST_USES = 64;

  private record Use(Instant first, Instant last, long cost) {}

  private final Quota quota;
  private final Deque<Use> uses = new ArrayDeque<>();
  private long used;

  LocalWindow(Quota quota) {
    this.quota = quota;
  }

  Quota quota() {
    return quota;
  }

  void use(Instant now, long cost) {
    used += cost;
    Use newest = uses.peekLast();
    Duration grain = quota.permits() > MOST_USES ? quota.per().dividedBy(MOST_USES) : Duration.ZERO;
    if (newest != null && !newest.first().plus(grain).isBefore(now)) {
      // Counted from the latest of them, so that the quota holds all the same.
      uses.removeLast();
      uses.addLast(new Use(newest.first(), now, newest.cost() + cost));
    } else {
      uses.addLast(new Use(now, now, cost));
    }
  }

  /** Returns whether anything was used that still counts. */
  boolean isUsed(Instant now) {
    return !uses.isEmpty() && uses.getLast().last().plus(quota.per()).isAfter(now);
  }

  /** Returns when {@code cost} more fits beside what was used and is on its way. */
  Instant opensAt(Instant now, long cost, long inFlight) {
    while (!uses.isEmpty() && !uses.getFirst().last().plus(quota.per()).isAfter(now)) {
      used -= uses.removeFirst().cost();
    }
    long needed = used + inFlight + Math.min(cost, quota.permits()) - quota.permits();
    Instant opens = now;
    for (Use use : uses) {
      if (needed <= 0) {
        return opens;
      }
      needed -= use.cost();
      opens = use.last().plus(quota.per());
    }
    // What is on its way counts from when it is answered; look again then.
    return needed <= 0 ? opens : now.plus(quota.per().dividedBy(quota.permits()));
  }

  ObjectNode toJson(Instant now) {
    ObjectNode node = LimitJson.object();
    node.put("permits", quota.permits()).put("per", quota.per().toNanos());
    ArrayNode all = node.putArray("uses");
    for (Use use : uses) {
      all.addArray()
          .add(LimitJson.nanos(now, use.first()))
          .add(LimitJson.nanos(now, use.last()))
          .add(use.cost());
    }
    return node;
  }

  static LocalWindow fromJson(JsonNode node, Instant now) {
    LocalWindow window =
        new LocalWindow(
            new Quota(node.path("permits").asLong(), Duration.ofNanos(node.path("per").asLong())));
    for (JsonNode use : node.path("uses")) {
      window.uses.addLast(
          new Use(
              now.plusNanos(use.path(0).asLong()),
              now.plusNanos(use.path(1).asLong()),
              use.path(2).asLong()));
      window.used += use.path(2).asLong();
    }
    return window;
  }
}
