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
 * href="https://www.meetup.com/graphql/guide/">guide</a>). What a query costs is estimated by
 * {@link MeetupQuery}.
 */
final class MeetupLimits implements LimitDialect {
  static final Quota QUOTA = new Quota(500, Duration.ofSeconds(60));

  @Override
  public String key(HttpRequest request) {
    return "Meetup";
  }

  @Override
  public int cost(HttpRequest request) {
    return MeetupQuery.cost(request);
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
    if (status >= 500 && errors.stream().noneMatch(MeetupErrors::isDeprecation)) {
      return LimitSignal.retry(List.of(), retryAfter, said(errors, request));
    }
    // A right request was seen to fail with 400 and pass when asked again.
    if (status == 400
        && errors.stream().noneMatch(e -> e.isInvalidQuery() || e.isAuthentication())) {
      return LimitSignal.retry(List.of(), retryAfter, said(errors, request));
    }
    return LimitSignal.proceed(List.of());
  }

  private static String said(List<MeetupErrors> errors, HttpRequest request) {
    return errors.isEmpty() ? "no reason given" : Redaction.quote(errors.get(0).message(), request);
  }
}
