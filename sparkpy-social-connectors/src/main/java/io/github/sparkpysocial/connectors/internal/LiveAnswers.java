package io.github.sparkpysocial.connectors.internal;

import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.limit.ResetEncoding;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What live sources of several networks say of answers and frames. */
public final class LiveAnswers {
  private LiveAnswers() {}

  /**
   * Returns what to do about a refusal: 429 passes with time, 5xx perhaps, the rest does not.
   *
   * @param server its name, fit for a message
   * @param said what it said, without credentials
   * @param advice what to do about a refusal that does not pass
   */
  public static LiveRefusedException refusal(
      String server, int status, Headers headers, Instant now, String said, String advice) {
    Duration pause = ResetEncoding.retryAfter(headers.first("Retry-After"), now);
    String message = server + " refused the stream (" + status + "): " + said;
    if (status == 429) {
      return new LiveRefusedException(LiveRefusedException.Kind.LIMITED, pause, message);
    }
    if (status >= 500) {
      return new LiveRefusedException(LiveRefusedException.Kind.TEMPORARY, pause, message);
    }
    return new LiveRefusedException(LiveRefusedException.Kind.FINAL, null, message + ". " + advice);
  }

  /** Returns a message that a frame cannot be read. */
  public static LiveMessage unreadable(PlaceUri place, String text, String reason) {
    return LiveMessage.rejected(
        new Rejected(place.toString(), 0, null, reason, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the message that brings what a page has. */
  public static LiveMessage of(PageBuilder builder, @Nullable String resumeAt) {
    var page = builder.build(null, null, null);
    return new LiveMessage(
        LiveMessage.Kind.RECORDS,
        page.records(),
        resumeAt,
        null,
        page.rejected(),
        page.unknownFields());
  }
}
