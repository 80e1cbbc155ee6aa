package io.github.sparkpysocial.connectors.meetup;

import io.github.sparkpysocial.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queries that are sent, each in a resource of this package with the fragments that it uses.
 * What one costs is not published (<a href="https://www.meetup.com/graphql/guide/">guide</a>: "the
 * cost depends on the query"); it is taken to be a point for each connection that is read, and one
 * at least.
 */
enum MeetupQuery {
  GROUP("group", 1, 1, "group-fields"),
  EVENTS("events", 30, 1 + 30, "event-fields"),
  MEMBERS("members", 100, 1, "member-fields"),
  RSVPS("rsvps", 10, 1 + 10, "rsvp-fields"),
  EVENT_RSVPS("event-rsvps", 100, 1, "rsvp-fields"),
  EVENT_SEARCH("event-search", 30, 1 + 30, "event-fields"),
  GROUP_SEARCH("group-search", 50, 1, "group-fields"),
  OWN_GROUPS("own-groups", 50, 1, "group-fields"),
  MEMBER_GROUPS("member-groups", 50, 2, "group-fields");

  /** How many answers to an invitation are asked for at once. */
  static final int ANSWERS = 100;

  private static final Pattern OPERATION = Pattern.compile("\"query\":\"query (\\w+)");

  private final int pageSize;
  private final int points;
  private final String text;
  private final String operation;

  MeetupQuery(String resource, int pageSize, int points, String fragment) {
    this.pageSize = pageSize;
    this.points = points;
    this.text = resource(resource) + resource(fragment);
    Matcher named = Pattern.compile("query (\\w+)").matcher(text);
    this.operation = named.lookingAt() ? named.group(1) : "";
  }

  private static String resource(String name) {
    try (InputStream in = MeetupQuery.class.getResourceAsStream(name + ".graphql")) {
      if (in == null) {
        throw new IllegalStateException("The query " + name + ".graphql is missing in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many items a page of it has. */
  int pageSize() {
    return pageSize;
  }

  /** Returns what it costs. */
  int points() {
    return points;
  }

  /** Returns the document that is sent. */
  String text() {
    return text;
  }

  /** Returns what a request costs, that of the dearest query if it is none of these. */
  static int cost(HttpRequest request) {
    byte[] body = request.body();
    if (body != null) {
      Matcher named = OPERATION.matcher(new String(body, StandardCharsets.UTF_8));
      if (named.find()) {
        for (MeetupQuery query : values()) {
          if (query.operation.equals(named.group(1))) {
            return query.points;
          }
        }
      }
    }
    return List.of(values()).stream().mapToInt(MeetupQuery::points).max().orElse(1);
  }
}
