package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says the limit of a network's answer in the way that a fault wants. */
final class LimitSpelling {
  private static final String RETRY_AFTER = "retry-after";

  private LimitSpelling() {}

  /** Returns the answer to a limited request, told in the fault's way. */
  static Answer spell(Answer answer, Fault fault, Request request, Network network, Instant now) {
    return switch (fault.hint()) {
      case SECONDS, NONE -> answer;
      case DATE -> {
        boolean had = name(answer, RETRY_AFTER) != null;
        yield had ? answer.with(RETRY_AFTER, HttpDates.notBefore(now.plus(fault.block()))) : answer;
      }
      case LIMITED_BY ->
          without(answer, RETRY_AFTER).with("gh-limited-by", "search-elapsed-time-shared-grouped");
      case QUOTA -> quota(answer, fault.block(), network, now);
      case GRAPHQL -> {
        Answer quota = quota(answer, fault.block(), network, now);
        yield network.equals(Network.GITHUB) && request.path().equals("/graphql")
            ? quota.withStatus(200).withJson(gitHubGraphQlError())
            : quota;
      }
      case BARE -> {
        answer.headers().keySet().removeIf(LimitSpelling::isAboutLimits);
        yield answer;
      }
    };
  }

  /** Moves all times of limits, as a server whose clock is wrong tells them. */
  static Answer shifted(Answer answer, Duration ahead) {
    Answer shifted = answer.copy();
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).endsWith("-reset")) {
        shifted.with(header.getKey(), moved(header.getValue(), ahead));
      }
    }
    return shifted;
  }

  private static String moved(String time, Duration ahead) {
    if (time.matches("\\d{9,11}")) {
      return Long.toString(Long.parseLong(time) + ahead.toSeconds());
    }
    return time.contains("T") ? Instant.parse(time).plus(ahead).toString() : time;
  }

  private static Answer quota(Answer answer, Duration untilReset, Network network, Instant now) {
    String remaining = null;
    String reset = null;
    for (String name : answer.headers().keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      remaining = lower.endsWith("limit-remaining") ? name : remaining;
      reset = lower.endsWith("limit-reset") ? name : reset;
    }
    if (remaining == null || reset == null) {
      return answer;
    }
    Instant resetsAt = HttpDates.wholeSecondFrom(now.plus(untilReset));
    boolean iso = answer.headers().getOrDefault(reset, "").contains("T");
    Answer quota =
        without(answer, RETRY_AFTER)
            .with(remaining, 0)
            .with(reset, iso ? resetsAt.toString() : Long.toString(resetsAt.getEpochSecond()));
    return network.equals(Network.GITHUB) ? quota.withJson(gitHubError()) : quota;
  }

  /**
   * GitHub's words for its primary limit (<a
   * href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">docs</a>).
   */
  private static ObjectNode gitHubError() {
    return Json.object()
        .put("message", "API rate limit exceeded for user ID 1.")
        .put(
            "documentation_url",
            "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api");
  }

  private static ObjectNode gitHubGraphQlError() {
    ObjectNode body = Json.object();
    body.putArray("errors")
        .addObject()
        .put("type", "RATE_LIMITED")
        .put("message", "API rate limit exceeded for user ID 1.");
    return body;
  }

  private static boolean isAboutLimits(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    return lower.contains("ratelimit") || lower.contains("rate-limit") || lower.equals(RETRY_AFTER);
  }

  private static @Nullable String name(Answer answer, String header) {
    return answer.headers().keySet().stream()
        .filter(header::equalsIgnoreCase)
        .findFirst()
        .orElse(null);
  }

  private static Answer without(Answer answer, String header) {
    Answer copy = answer.copy();
    copy.headers().keySet().removeIf(header::equalsIgnoreCase);
    return copy;
  }
}
