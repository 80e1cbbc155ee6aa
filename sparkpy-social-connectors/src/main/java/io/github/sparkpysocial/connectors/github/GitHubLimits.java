package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.LimitDialect;
import io.github.sparkpysocial.limit.LimitReach;
import io.github.sparkpysocial.limit.LimitSignal;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.QuotaReading;
import io.github.sparkpysocial.limit.ResetEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How GitHub counts: an hourly quota for each resource, told in {@code x-ratelimit-*}, and
 * secondary limits on top of it, told by a 403 or 429 with {@code retry-after}, or with words in
 * the body and nothing else (<a
 * href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">rate
 * limits</a>). A 403 can also mean many other things, which are left to the caller. GraphQL tells
 * of its limits in answers 200. Feeds of events say with {@code X-Poll-Interval} how often they may
 * be asked.
 */
final class GitHubLimits implements LimitDialect {
  static final GitHubLimits INSTANCE = new GitHubLimits();

  private static final Logger log = LoggerFactory.getLogger(GitHubLimits.class);

  /** How long GitHub takes to work out statistics that it answers with 202 at first. */
  private static final Duration UNTIL_READY = Duration.ofSeconds(5);

  /** No feed is to be asked less often than that, whatever is read. */
  private static final long LONGEST_POLL_SECONDS = 3_600;

  /** What a 403 is known to say when it is about permission and not about a limit. */
  private static final List<String> PERMISSIONS =
      List.of(
          "not accessible",
          "must have",
          "too large",
          "saml",
          "sso",
          "suspended",
          "access blocked",
          "forbidden",
          "permission",
          "user-agent",
          "administrative rules",
          "ip address");

  private GitHubLimits() {}

  @Override
  public String key(HttpRequest request) {
    String path = request.uri().getPath();
    if (path.startsWith("/search/")) {
      return "GitHub search";
    }
    if (path.equals("/rate_limit")) {
      return "GitHub rate_limit"; // free, also when all else is used up
    }
    return path.equals("/graphql") ? "GitHub graphql" : "GitHub core";
  }

  /**
   * On top of the hourly quota GitHub allows 900 points a minute for REST, one for each GET, and
   * 2,000 for GraphQL, one for each question.
   */
  @Override
  public List<Quota> quotas(String key) {
    return List.of(new Quota(key.equals("GitHub graphql") ? 2_000 : 900, Duration.ofMinutes(1)));
  }

  /** An hourly quota is used up for its resource; a secondary limit is for all that is asked. */
  @Override
  public LimitReach reach(HttpRequest request, HttpResponse response) {
    boolean usedUp = "0".equals(response.headers().first("x-ratelimit-remaining"));
    return usedUp && response.headers().first("retry-after") == null
        ? LimitReach.KEY
        : LimitReach.SERVER;
  }

  @Override
  public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
    List<QuotaReading> quotas = readings(key(request), response.headers(), serverTime);
    int status = response.status();
    Duration retryAfter =
        ResetEncoding.retryAfter(response.headers().first("retry-after"), serverTime);
    if (status == 202) {
      // No failure: who wants the statistics asks again, and may do so when they can be ready.
      return LimitSignal.proceed(
          quotas,
          retryAfter == null ? UNTIL_READY : retryAfter,
          "GitHub is working out " + request.uri().getPath());
    }
    if (status >= 500) {
      return LimitSignal.retry(quotas, retryAfter, said(request, response));
    }
    if (status == 429 || (status == 403 && isLimit(request, response, quotas, retryAfter))) {
      String said = said(request, response);
      return LimitSignal.limited(quotas, retryAfter, said);
    }
    if (isGraphQl(request)) {
      String limit = graphQlLimit(request, response);
      return limit == null
          ? LimitSignal.proceed(quotas)
          : LimitSignal.limited(quotas, retryAfter, limit);
    }
    Long interval = number(response.headers().first("x-poll-interval"));
    return interval == null || !response.isSuccess() || interval < 1
        ? LimitSignal.proceed(quotas)
        : LimitSignal.proceed(
            quotas,
            Duration.ofSeconds(Math.min(interval, LONGEST_POLL_SECONDS)),
            "GitHub's X-Poll-Interval");
  }

  /** Our questions only read. */
  @Override
  public boolean isRepeatable(HttpRequest request) {
    return request.isSafe() || isGraphQl(request);
  }

  private static boolean isGraphQl(HttpRequest request) {
    return request.uri().getPath().equals("/graphql");
  }

  /**
   * Returns what an answer 200 of GraphQL says about a limit, or {@code null} if it says nothing:
   * the primary one has an error of the type {@code RATE_LIMITED}, a secondary one its usual words.
   */
  private static @Nullable String graphQlLimit(HttpRequest request, HttpResponse response) {
    if (!response.isSuccess() || !response.text().contains("\"errors\"")) {
      return null;
    }
    JsonNode errors;
    try {
      errors = JsonDocument.of(response).root().path("errors");
    } catch (TransportException e) {
      return null; // the caller finds out and says so
    }
    for (JsonNode error : errors) {
      String message = error.path("message").asText("");
      String words = message.toLowerCase(Locale.ROOT);
      if (error.path("type").asText("").equals("RATE_LIMITED") || speaksOfLimit(words)) {
        return Redaction.quote(message, request);
      }
    }
    return null;
  }

  private static boolean speaksOfLimit(String words) {
    return words.contains("rate limit") || words.contains("abuse");
  }

  private static boolean isLimit(
      HttpRequest request,
      HttpResponse response,
      List<QuotaReading> quotas,
      @Nullable Duration retryAfter) {
    if (retryAfter != null || response.headers().first("gh-limited-by") != null) {
      return true;
    }
    String body = GitHubErrors.message(response).toLowerCase(Locale.ROOT);
    if (speaksOfLimit(body)) {
      return true;
    }
    if (quotas.stream().anyMatch(quota -> quota.remaining() <= 0)) {
      return true;
    }
    if (PERMISSIONS.stream().noneMatch(body::contains)) {
      log.warn(
          "GitHub answered {} with a 403 of a kind not known here, taken as a refusal: {}",
          request,
          said(request, response));
    }
    return false;
  }

  private static String said(HttpRequest request, HttpResponse response) {
    return Redaction.quote(GitHubErrors.message(response), request);
  }

  /** A refusal may tell of the quota of another resource, which says nothing about this one. */
  private static List<QuotaReading> readings(String key, Headers headers, Instant serverTime) {
    String resource = headers.first("x-ratelimit-resource");
    if (resource != null && !key.endsWith(' ' + resource)) {
      return List.of();
    }
    Duration untilReset =
        ResetEncoding.EPOCH_SECONDS.untilReset(headers.first("x-ratelimit-reset"), serverTime);
    Long remaining = number(headers.first("x-ratelimit-remaining"));
    if (untilReset == null || remaining == null) {
      return List.of();
    }
    return List.of(
        new QuotaReading("", number(headers.first("x-ratelimit-limit")), remaining, untilReset));
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
