package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Post;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The searches of X API v2, of the last seven days and of all time, and how many posts they would
 * find. Source: the guides on search, counts and pagination.
 */
final class XSearch {
  /** What a search reaches. */
  enum Reach {
    RECENT(512, 100, Duration.ofDays(7)),
    /** Without a start it goes 30 days back. */
    ALL(1_024, 500, Duration.ofDays(30));

    private final int longestQuery;
    private final int largestPage;
    private final Duration back;

    Reach(int longestQuery, int largestPage, Duration back) {
      this.longestQuery = longestQuery;
      this.largestPage = largestPage;
      this.back = back;
    }
  }

  /** The first post of all. */
  private static final Instant BEGINNING = Instant.parse("2006-03-21T00:00:00Z");

  /** A search without an end time leaves out the last 30 seconds. */
  private static final Duration LAG = Duration.ofSeconds(30);

  /** A page of counts of all time covers so much. */
  private static final Duration COUNTED = Duration.ofDays(31);

  private final XCommunity community;
  private final XObjects objects;
  private final boolean repostsFound;

  XSearch(XCommunity community, XObjects objects, boolean repostsFound) {
    this.community = community;
    this.objects = objects;
    this.repostsFound = repostsFound;
  }

  /** What a search looks through: times from {@code start} to before {@code end}. */
  private record Window(Instant start, Instant end, long sinceId, long untilId) {
    boolean isOlder(Post post) {
      return XCommunity.createdAt(post).isBefore(start) || Long.parseLong(post.id()) <= sinceId;
    }

    boolean holds(Post post) {
      return XCommunity.createdAt(post).isBefore(end)
          && Long.parseLong(post.id()) < untilId
          && !isOlder(post);
    }
  }

  Answer posts(Request request, Reach reach) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(
        XSelection.parametersOfPosts(
            objects.dialect(),
            Set.of(
                "query",
                "max_results",
                "next_token",
                "pagination_token",
                "start_time",
                "end_time",
                "since_id",
                "until_id",
                "sort_order")));
    Predicate<Post> matches = query(parameters, reach);
    int size = parameters.number("max_results", 10, 10, reach.largestPage);
    Window window = window(parameters, reach);
    String listing = reach + String.valueOf(parameters.text("query"));
    XPageToken token = XPageToken.read(parameters, listing);
    XSelection selection = XSelection.ofPosts(parameters, objects.dialect());
    List<Post> found = new ArrayList<>();
    int wanted = size;
    boolean scarce = token.page() % 5 == 3;
    if (scarce) {
      // As on the network, a page is short or empty now and then although more follow.
      wanted = token.page() % 10 == 3 ? size / 2 : 0;
    }
    int next = -1;
    for (int index = Math.min(token.before(), community.happened()) - 1; index >= 0; index--) {
      Post post = community.postAt(index);
      if (window.isOlder(post)) {
        break; // all older ones are out of the window as well
      }
      if (window.holds(post) && isFound(post) && matches.test(post)) {
        if (found.size() == wanted) {
          next = index + 1;
          break;
        }
        found.add(post);
      }
    }
    ObjectNode body = Json.object();
    objects.page(body, found, selection);
    putMeta(body, found, next < 0 ? "" : token.next(next, listing));
    return Answer.json(200, body);
  }

  /** Writes what is said of a page of posts, newest first. */
  static void putMeta(ObjectNode body, List<Post> found, String nextToken) {
    ObjectNode meta = body.putObject("meta");
    if (!found.isEmpty()) {
      meta.put("newest_id", found.get(0).id());
      meta.put("oldest_id", found.get(found.size() - 1).id());
    }
    meta.put("result_count", found.size());
    if (!nextToken.isEmpty()) {
      meta.put("next_token", nextToken);
    }
  }

  private boolean isFound(Post post) {
    return community.isVisible(post) && (repostsFound || post.kind() != Post.Kind.REPOST);
  }

  private static Predicate<Post> query(XParameters parameters, Reach reach) throws XRefused {
    String query = parameters.text("query");
    if (query == null || query.isBlank()) {
      throw XRefused.parameter("query", query, "The `query` query parameter can not be empty");
    }
    if (query.codePointCount(0, query.length()) > reach.longestQuery) {
      throw XRefused.parameter(
          "query", query, "The `query` is longer than " + reach.longestQuery + " characters");
    }
    try {
      return XQuery.parse(query);
    } catch (XQuery.Refused e) {
      throw XRefused.parameter(
          "query", query, "There were errors processing your request: " + e.getMessage());
    }
  }

  private Window window(XParameters parameters, Reach reach) throws XRefused {
    Instant now = community.now();
    Instant from = parameters.time("start_time");
    Instant earliest = reach == Reach.RECENT ? now.minus(reach.back) : BEGINNING;
    if (from != null && from.isBefore(earliest)) {
      throw XRefused.parameter(
          "start_time",
          parameters.text("start_time"),
          "Invalid 'start_time'. 'start_time' must be on or after " + XObjects.time(earliest));
    }
    Instant until = parameters.time("end_time");
    if (until != null && until.isAfter(now.minusSeconds(10))) {
      throw XRefused.parameter(
          "end_time",
          parameters.text("end_time"),
          "Invalid 'end_time'. 'end_time' must be a minimum of 10 seconds prior to the request");
    }
    long sinceId = parameters.id("since_id", Long.MIN_VALUE);
    // Who names a post to begin after needs no time as well.
    Instant back =
        sinceId == Long.MIN_VALUE || reach == Reach.RECENT ? now.minus(reach.back) : BEGINNING;
    return new Window(
        from == null ? back : from,
        until == null ? now.minus(LAG) : until,
        sinceId,
        parameters.id("until_id", Long.MAX_VALUE));
  }

  Answer counts(Request request, Reach reach) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(
        Set.of(
            "query",
            "start_time",
            "end_time",
            "since_id",
            "until_id",
            "next_token",
            "pagination_token",
            "granularity",
            "search_count.fields"));
    Predicate<Post> matches = query(parameters, reach);
    String granularity = parameters.text("granularity");
    ChronoUnit unit =
        switch (granularity == null ? "hour" : granularity) {
          case "minute" -> ChronoUnit.MINUTES;
          case "hour" -> ChronoUnit.HOURS;
          case "day" -> ChronoUnit.DAYS;
          default ->
              throw XRefused.parameter(
                  "granularity", granularity, "The `granularity` is minute, hour or day");
        };
    Window window = window(parameters, reach);
    String listing = "counts " + reach + parameters.text("query");
    XPageToken token = XPageToken.read(parameters, listing);
    Instant end =
        reach == Reach.ALL ? window.end.minus(COUNTED.multipliedBy(token.page())) : window.end;
    Instant start = window.start;
    boolean more = reach == Reach.ALL && end.minus(COUNTED).isAfter(start);
    if (more) {
      start = end.minus(COUNTED);
    }
    return Answer.json(
        200,
        counted(
            matches,
            new Window(start, end, window.sinceId, window.untilId),
            unit,
            more ? token.next(0, listing) : ""));
  }

  private ObjectNode counted(
      Predicate<Post> matches, Window window, ChronoUnit unit, String nextToken) {
    List<Instant> starts = new ArrayList<>();
    for (Instant at = window.start; at.isBefore(window.end); ) {
      starts.add(at);
      at = at.truncatedTo(unit).plus(1, unit);
    }
    long[] counts = new long[starts.size()];
    for (int index = community.happened() - 1; index >= 0; index--) {
      Post post = community.postAt(index);
      if (window.isOlder(post)) {
        break;
      }
      if (window.holds(post) && isFound(post) && matches.test(post)) {
        int bucket = java.util.Collections.binarySearch(starts, XCommunity.createdAt(post));
        counts[bucket >= 0 ? bucket : -bucket - 2]++;
      }
    }
    ObjectNode body = Json.object();
    ArrayNode data = body.putArray("data");
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      data.addObject()
          .put("end", XObjects.time(i + 1 < counts.length ? starts.get(i + 1) : window.end))
          .put("start", XObjects.time(starts.get(i)))
          .put(objects.dialect().name("tweet_count"), counts[i]);
      total += counts[i];
    }
    ObjectNode meta = body.putObject("meta");
    meta.put(objects.dialect().name("total_tweet_count"), total);
    if (!nextToken.isEmpty()) {
      meta.put("next_token", nextToken);
    }
    return body;
  }
}
