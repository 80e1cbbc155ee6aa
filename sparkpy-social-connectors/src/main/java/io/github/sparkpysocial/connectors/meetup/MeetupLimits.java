package io.github.sparkpysocial.connectors.meetup;

import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.LimitDialect;
import io.github.sparkpysocial.limit.LimitSignal;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.ResetEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How Meetup counts: 500 points a minute for each client, told in no header; a query that is
 * refused for it is answered with status 200 and an error that says until when (<a
 * href="https://www.meetup.com/graphql/guide/">guide</a>). What a query costs is not published; it
 * is taken to be one point for each connection that is read.
 *
 * @param points what a query costs
 */
record MeetupLimits(int points) implements LimitDialect {
  static final Quota QUOTA = new Quota(500, Duration.ofSeconds(60));

  @Override
  public String key(HttpRequest request) {
    return "Meetup";
  }

  @Override
  public int cost(HttpRequest request) {
    return points;
  }

  @Override
  public List<Quota> quotas(String key) {
    return List.of(QUOTA);
  }

  /** Only queries are sent here, and they change nothing. */
  @Override
  public boolean isRepeatable(HttpRequest request) {
    return true;
  }

  @Override
  public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
    int status = response.status();
    List<MeetupErrors> errors = MeetupErrors.of(response, serverTime);
    Duration retryAfter =
        ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime);
    for (MeetupErrors error : errors) {
      if (error.isRateLimit() || status == 429) {
        Duration pause = error.pause() == null ? retryAfter : error.pause();
        return LimitSignal.limited(List.of(), pause, Redaction.quote(error.message(), request));
      }
    }
    if (status == 429) {
      return LimitSignal.limited(List.of(), retryAfter, "Meetup answered 429");
    }
    // A right request was seen to fail with 400 and pass when asked again.
    if (status >= 500 || (status == 400 && errors.isEmpty())) {
      return LimitSignal.retry(List.of(), retryAfter, "no reason given");
    }
    return LimitSignal.proceed(List.of());
  }
}
