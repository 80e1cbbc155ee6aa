package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the server told of a window of its quota. Not thread-safe. */
final class ServerWindow {
  /** Reset times are whole seconds; two that differ by no more are the same window. */
  private static final Duration SAME_WINDOW = Duration.ofSeconds(2);

  @Nullable Long limit;
  long remaining;
  Instant resetsAt;
  private boolean rolled;

  ServerWindow(QuotaReading reading, Instant resetsAt) {
    this(reading.limit(), reading.remaining(), resetsAt);
  }

  private ServerWindow(@Nullable Long limit, long remaining, Instant resetsAt) {
    this.limit = limit;
    this.remaining = remaining;
    this.resetsAt = resetsAt;
  }

  /** Fills the window once its time has come; returns whether it has. */
  boolean roll(Instant now) {
    if (now.isBefore(resetsAt)) {
      return false;
    }
    if (!rolled) {
      rolled = true;
      remaining = limit == null ? Long.MAX_VALUE : limit;
    }
    return true;
  }

  void use(long cost) {
    remaining = Math.max(0, remaining - cost);
  }

  /** Returns what is left to others who use the same credential. */
  long kept(double reserve) {
    return limit == null ? 0 : (long) (limit * reserve);
  }

  /** Returns what a request takes, at most all there ever is. */
  long wanted(Ask ask) {
    long most = limit == null ? ask.cost() : Math.max(1, limit - kept(ask.reserve()));
    return Math.min(ask.cost(), most);
  }

  /** Returns whether a reset is that of a window after this one. */
  boolean isFollowedBy(Instant now, Instant reset) {
    boolean over = !now.isBefore(resetsAt.minus(KeyState.MARGIN));
    Duration later = Duration.between(resetsAt, reset);
    return later.compareTo(over ? SAME_WINDOW.dividedBy(2) : SAME_WINDOW) > 0;
  }

  /** Notes another answer about this window. */
  void update(QuotaReading reading, Instant reset) {
    boolean over = reading.untilReset().compareTo(SAME_WINDOW) <= 0;
    if (over && Duration.between(reset, resetsAt).compareTo(SAME_WINDOW) > 0) {
      return; // an answer of an earlier window that was overtaken
    }
    if (reset.isBefore(resetsAt)) {
      resetsAt = reset; // the clock of the server is known better now
    }
    // Answers overtake each other; within a window the smallest number is the last one.
    remaining = Math.min(remaining, reading.remaining());
    limit = reading.limit();
  }

  ObjectNode toJson(String name, Instant now) {
    ObjectNode node = LimitJson.object();
    node.put("name", name).put("remaining", remaining).put("rolled", rolled);
    node.put("resets", LimitJson.nanos(now, resetsAt)).put("limit", limit);
    return node;
  }

  static ServerWindow fromJson(JsonNode node, Instant now) {
    ServerWindow window =
        new ServerWindow(
            LimitJson.number(node, "limit"),
            node.path("remaining").asLong(),
            now.plusNanos(node.path("resets").asLong()));
    window.rolled = node.path("rolled").asBoolean();
    return window;
  }
}
