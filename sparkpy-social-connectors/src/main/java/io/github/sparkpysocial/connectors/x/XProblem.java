package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.x.XOutcome.Status;
import java.util.Locale;

/**
 * An error object that stands beside the data of a good answer, about one of the things asked for
 * (<a href="https://docs.x.com/x-api/fundamentals/response-codes-and-errors">partial errors</a>).
 *
 * @param about the id or name it is about, or empty
 * @param kind the kind of thing, such as {@code tweet}, {@code post} or {@code user}, or empty
 * @param type the last part of the problem's type, such as {@code resource-not-found}, or empty
 * @param title what X calls it
 * @param detail what X says of it, or empty
 */
record XProblem(String about, String kind, String type, String title, String detail) {

  static XProblem of(JsonNode error) {
    String type = error.path("type").asText("");
    return new XProblem(
        error.path("resource_id").asText(error.path("value").asText("")),
        error.path("resource_type").asText(""),
        type.substring(type.lastIndexOf('/') + 1),
        error.path("title").asText("no reason given"),
        error.path("detail").asText(""));
  }

  boolean isAboutPost() {
    return kind.equals("tweet") || kind.equals("post");
  }

  /** Returns what became of the thing. X has one type for gone and suspended; the words differ. */
  Status status() {
    String said = (title + ' ' + detail).toLowerCase(Locale.ROOT);
    if (said.contains("suspended")) {
      return Status.SUSPENDED;
    }
    return switch (type) {
      case "resource-not-found" -> Status.DELETED;
      case "not-authorized-for-resource" -> Status.PROTECTED;
      default -> Status.UNKNOWN;
    };
  }

  /** Returns why something is set aside, in words. */
  String reason() {
    return "X withholds "
        + (kind.isEmpty() ? "something" : kind)
        + ' '
        + (about.isEmpty() ? "without id" : about)
        + " ("
        + status().name().toLowerCase(Locale.ROOT)
        + "): "
        + title;
  }
}
