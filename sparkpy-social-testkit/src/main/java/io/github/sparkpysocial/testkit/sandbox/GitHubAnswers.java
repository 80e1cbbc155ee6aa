package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** GitHub's refusals, word for word as it spells them. Source: its documentation and recordings. */
final class GitHubAnswers {
  private static final String DOCS = "https://docs.github.com/rest";

  private GitHubAnswers() {}

  static Answer message(int status, String message, String docs) {
    ObjectNode body = Json.object();
    body.put("message", message);
    body.put("documentation_url", DOCS + docs);
    body.put("status", Integer.toString(status));
    return Answer.json(status, body);
  }

  static Answer notFound() {
    return message(404, "Not Found", "");
  }

  static Answer tooManyPages() {
    return message(
        422,
        "In order to keep the API fast for everyone, pagination is limited for this resource.",
        "/overview/resources-in-the-rest-api#pagination");
  }

  static Answer failed(int status) {
    return switch (status) {
      case 401 -> message(401, "Bad credentials", "");
      case 404 -> notFound();
      case 451 -> message(451, "Repository access blocked", "");
      case 503 -> message(503, "Service unavailable", "");
      default -> message(status, "Server Error", "");
    };
  }

  static Answer secondary(int status, @Nullable Duration retryAfter) {
    Answer answer =
        message(
            status,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try"
                + " again.",
            "/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits");
    if (retryAfter != null) {
      answer.with("retry-after", Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }
    return answer;
  }

  static Answer primary(boolean authorised) {
    return message(
        403,
        authorised
            ? "API rate limit exceeded for user ID 1."
            : "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated"
                + " requests get a higher rate limit. Check out the documentation for more"
                + " details.)",
        "/using-the-rest-api/rate-limits-for-the-rest-api");
  }

  /** GraphQL tells of its limit in an answer 200. */
  static Answer graphQlLimited() {
    ObjectNode body = Json.object();
    ObjectNode error = body.putArray("errors").addObject();
    error.put("type", "RATE_LIMITED");
    error.put("message", "API rate limit exceeded for user ID 1.");
    return Answer.json(200, body);
  }
}
