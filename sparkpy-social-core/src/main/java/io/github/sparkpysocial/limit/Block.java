package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Until when a server refuses, and how long to wait when it does not say. Not thread-safe. */
final class Block {
  /**
   * What a server that does not say how long is left alone for, first and at most. GitHub wants at
   * least a minute and growing pauses (<a
   * href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">limits</a>).
   */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(60);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(16);

  private @Nullable Instant until;
  private String reason = "";
  private int unexplained;
  private boolean hurried;

  /** Returns how long it still holds, or {@code null} if it does not. */
  @Nullable Delay delay(Instant now) {
    Instant end = until(now);
    return end == null
        ? null
        : new Delay(Duration.between(now, end), LimitWait.Cause.BLOCKED, reason);
  }

  /** Returns when it ends, or {@code null} if there is none. */
  @Nullable Instant until(Instant now) {
    return until != null && now.isBefore(until) ? until : null;
  }

  /** Makes it last until then if it does not last longer already. */
  void extend(Instant end, String why) {
    if (until == null || end.isAfter(until)) {
      until = end;
      reason = why;
    }
  }

  void passed() {
    unexplained = 0;
    hurried = false;
  }

  /** Notes a refusal and returns the pause that it asks for. */
  Duration refused(Instant now, LimitSignal signal, String key) {
    Duration told = told(signal);
    Instant known = until(now);
    Duration pause;
    if (told != null && (!told.isZero() || !hurried)) {
      pause = told.plus(KeyState.MARGIN);
      hurried |= told.isZero(); // a race with the window's end, but not twice
    } else if (known != null) {
      pause = Duration.between(now, known); // sent before the refusal that is waited for already
    } else {
      int doublings = Math.min(unexplained++, 4);
      pause = FIRST_PAUSE.multipliedBy(1L << doublings);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    extend(now.plus(pause), signal.reason() == null ? key + " refuses" : signal.reason());
    return pause;
  }

  private static @Nullable Duration told(LimitSignal signal) {
    Duration pause = signal.pause();
    if (pause != null) {
      return pause;
    }
    return signal.quotas().stream()
        .filter(reading -> reading.remaining() <= 0)
        .map(QuotaReading::untilReset)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  void toJson(ObjectNode node, Instant now) {
    Instant end = until(now);
    if (end != null) {
      node.put("until", LimitJson.nanos(now, end)).put("reason", reason);
    }
    node.put("unexplained", unexplained).put("hurried", hurried);
  }

  void fromJson(JsonNode node, Instant now) {
    Long end = LimitJson.number(node, "until");
    until = end == null ? null : now.plusNanos(end);
    reason = Objects.requireNonNullElse(LimitJson.text(node, "reason"), "");
    unexplained = node.path("unexplained").asInt();
    hurried = node.path("hurried").asBoolean();
  }
}
