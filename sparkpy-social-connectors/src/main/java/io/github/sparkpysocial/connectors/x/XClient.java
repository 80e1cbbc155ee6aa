package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.UserAgent;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * X API v2 as Java: what {@code x:} URIs open, and what is no listing of records, such as counts,
 * usage, the rules of the filtered stream and open connections.
 *
 * <pre>{@code
 * XClient x = XClient.open(SourceOptions.fromEnvironment());
 * x.recentSearch("spark lang:en", null, null).records().limit(500).forEach(...);
 * x.counts(XCounts.recent("spark")).forEach(bucket -> ...);
 * }</pre>
 *
 * <p>Streams are lazy: a page is asked for when it is reached, waits for X's limits as the options
 * say, and is paid for then. Thread-safe.
 */
public final class XClient {
  private static final int MOST_AT_ONCE = 100;

  private final SourceOptions options;
  private final XApi api;

  private XClient(SourceOptions options, XApi api) {
    this.options = options;
    this.api = api;
  }

  /**
   * Returns a client; makes no request yet.
   *
   * @throws io.github.sparkpysocial.AuthenticationException if {@code X_BEARER_TOKEN} is not set
   */
  public static XClient open(SourceOptions options) {
    return new XClient(options, XApi.open(PlaceUri.parse("x:"), options));
  }

  /**
   * Returns the posts of the last seven days that match a query, newest first.
   *
   * @param since the earliest time, or {@code null}
   * @param until the latest time, exclusive, or {@code null} for 30 seconds ago
   */
  public RecordSource recentSearch(String query, @Nullable Instant since, @Nullable Instant until) {
    return search(XSearchSource.Reach.RECENT, query, since, until);
  }

  /**
   * Returns the posts since March 2006 that match a query, newest first.
   *
   * @param since the earliest time, or {@code null}
   * @param until the latest time, exclusive, or {@code null} for 30 seconds ago
   */
  public RecordSource fullSearch(String query, @Nullable Instant since, @Nullable Instant until) {
    return search(XSearchSource.Reach.ARCHIVE, query, since, until);
  }

  private RecordSource search(
      XSearchSource.Reach reach, String query, @Nullable Instant since, @Nullable Instant until) {
    if (query.isBlank()) {
      throw new IllegalArgumentException("The query is empty");
    }
    StringBuilder uri = new StringBuilder("x:search?q=").append(Query.encode(query));
    if (since != null) {
      uri.append("&since=").append(since);
    }
    if (until != null) {
      uri.append("&until=").append(until);
    }
    if (reach == XSearchSource.Reach.ARCHIVE) {
      uri.append("&archive=true");
    }
    return new XSearchSource(
        PlaceUri.parse(uri.toString()), options, api, reach, query, since, until);
  }

  /**
   * Returns what an account posted, newest first, at most the last 3,200 posts.
   *
   * @param name the name of the account, with or without {@code @}
   * @throws IllegalArgumentException if it is no name
   */
  public RecordSource userPosts(String name) {
    String plain = name.startsWith("@") ? name.substring(1) : name;
    checked(List.of(plain), XUsersSource.NAME, "name of an account");
    return new XUserPostsSource(
        PlaceUri.parse("x:user/" + plain + "/posts"), options, api, plain, null, null, null);
  }

  /**
   * Returns what became of each post, in the order asked, each id once. A hundred are asked for at
   * once.
   *
   * @throws IllegalArgumentException if one is no id
   */
  public Stream<XOutcome<Post>> postsById(Collection<String> ids) {
    List<String> all = checked(ids, "\\d{1,19}", "id of a post");
    return XPaging.stream(cursor -> posts(all, cursor == null ? 0 : Integer.parseInt(cursor)));
  }

  private XPaging.Part<XOutcome<Post>> posts(List<String> all, int from)
      throws InterruptedException {
    List<String> asked = new ArrayList<>();
    JsonDocument answer =
        api.posts(
            "/2/tweets",
            Math.min(MOST_AT_ONCE, all.size() - from),
            1,
            granted -> {
              asked.clear();
              asked.addAll(all.subList(from, Math.min(all.size(), from + granted)));
              return parameters -> parameters.with("ids", String.join(",", asked));
            });
    Map<String, XOutcome<Post>> outcomes = new LinkedHashMap<>();
    PlaceUri place = PlaceUri.parse("x:posts?ids=" + String.join(",", asked));
    XPages pages = new XPages(place, answer, provenance(place));
    pages.read(
        (all2, error, raw) -> {
          XProblem problem = XProblem.of(error);
          if (problem.isAboutPost()) {
            outcomes.putIfAbsent(problem.about(), refused(problem.about(), problem));
          }
        });
    for (Post post : pages.posts()) {
      outcomes.put(post.id(), XOutcome.found(post.id(), post));
    }
    return part(asked, id -> outcomes.get(id), all.size(), from);
  }

  /**
   * Returns what became of each account, in the order asked, each name once. A hundred are asked
   * for at once.
   *
   * @param names names of accounts without {@code @}
   * @throws IllegalArgumentException if one is no name
   */
  public Stream<XOutcome<Account>> usersByName(Collection<String> names) {
    List<String> all = checked(names, XUsersSource.NAME, "name of an account");
    return XPaging.stream(cursor -> users(all, cursor == null ? 0 : Integer.parseInt(cursor)));
  }

  private XPaging.Part<XOutcome<Account>> users(List<String> all, int from)
      throws InterruptedException {
    List<String> asked = new ArrayList<>();
    JsonDocument answer =
        api.users(
            "/2/users/by",
            Math.min(MOST_AT_ONCE, all.size() - from),
            granted -> {
              asked.clear();
              asked.addAll(all.subList(from, Math.min(all.size(), from + granted)));
              return parameters -> parameters.with("usernames", String.join(",", asked));
            });
    Map<String, XOutcome<Account>> outcomes = new LinkedHashMap<>();
    PlaceUri place = PlaceUri.parse("x:users?names=" + String.join(",", asked));
    for (JsonNode error : answer.root().path("errors")) {
      String name = XUsersSource.named(error);
      outcomes.put(lower(name), refused(name, XProblem.of(error)));
    }
    for (JsonNode user : answer.root().path("data")) {
      try {
        Account account = XAccounts.account(user, answer.raw(user), provenance(place));
        String name = String.valueOf(account.handle());
        outcomes.put(lower(name), XOutcome.found(name, account));
      } catch (IllegalArgumentException e) {
        String name = user.path("username").asText("");
        outcomes.put(
            lower(name), new XOutcome<>(name, XOutcome.Status.UNKNOWN, null, e.getMessage()));
      }
    }
    return part(asked, name -> outcomes.get(lower(name)), all.size(), from);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Finds an outcome. */
  private interface Outcomes<T extends io.github.sparkpysocial.model.SocialRecord> {
    @Nullable XOutcome<T> of(String asked);
  }

  private static <T extends io.github.sparkpysocial.model.SocialRecord>
      XPaging.Part<XOutcome<T>> part(List<String> asked, Outcomes<T> outcomes, int all, int from) {
    List<XOutcome<T>> part = new ArrayList<>();
    for (String one : asked) {
      XOutcome<T> outcome = outcomes.of(one);
      part.add(
          outcome == null
              ? new XOutcome<>(one, XOutcome.Status.UNKNOWN, null, null)
              : new XOutcome<>(one, outcome.status(), outcome.record(), outcome.said()));
    }
    int next = from + asked.size();
    return new XPaging.Part<>(part, next < all ? Integer.toString(next) : null);
  }

  private static <T extends io.github.sparkpysocial.model.SocialRecord> XOutcome<T> refused(
      String asked, XProblem problem) {
    return new XOutcome<>(
        asked,
        problem.status(),
        null,
        problem.detail().isEmpty() ? problem.title() : problem.detail());
  }

  private static List<String> checked(Collection<String> given, String pattern, String what) {
    for (String one : given) {
      if (!one.matches(pattern)) {
        throw new IllegalArgumentException("This is no " + what + " on X: " + one);
      }
    }
    return List.copyOf(new LinkedHashSet<>(given));
  }

  private Provenance provenance(PlaceUri place) {
    return new Provenance(place.toString(), options.clock().instant(), UserAgent.value());
  }

  /** Returns how many posts there were, in time. Pages of an archive come newest first. */
  public Stream<XCounts.Bucket> counts(XCounts counts) {
    XSearchSource.Reach reach =
        counts.archive() ? XSearchSource.Reach.ARCHIVE : XSearchSource.Reach.RECENT;
    Instant since = counts.since() == null ? reach.start() : counts.since();
    return XPaging.stream(
        cursor -> {
          JsonNode root =
              api.counts(
                      reach.countsPath,
                      counts.archive(),
                      parameters ->
                          parameters
                              .with("query", counts.query())
                              .with(
                                  "granularity",
                                  counts.granularity().name().toLowerCase(Locale.ROOT))
                              .with("start_time", since)
                              .with("end_time", counts.until())
                              .with("next_token", cursor))
                  .root();
          List<XCounts.Bucket> buckets = new ArrayList<>();
          for (JsonNode bucket : root.path("data")) {
            Long posts = Json.number(bucket, "tweet_count");
            buckets.add(
                new XCounts.Bucket(
                    Objects.requireNonNull(Json.time(bucket, "start"), "start"),
                    Objects.requireNonNull(Json.time(bucket, "end"), "end"),
                    Objects.requireNonNullElse(
                        posts == null ? Json.number(bucket, "post_count") : posts, 0L)));
          }
          return new XPaging.Part<>(buckets, Json.nonEmpty(root.path("meta"), "next_token"));
        });
  }

  /**
   * Returns what X has counted of the posts that the app's project read.
   *
   * @param days for how many days, from 1 to 90
   */
  public XUsage usage(int days) throws InterruptedException {
    if (days < 1 || days > 90) {
      throw new IllegalArgumentException("X tells the usage of 1 to 90 days, was " + days);
    }
    return XUsage.of(
        api.free(
                "/2/usage/tweets",
                parameters ->
                    parameters
                        .with("days", days)
                        .with(
                            "usage.fields",
                            "cap_reset_day,daily_project_usage,project_cap,project_usage"))
            .root()
            .path("data"));
  }

  /** Returns the rules of the app's filtered stream. */
  public XRules rules() {
    return new XRules(api);
  }

  /** Returns the app's connections to live streams. */
  public XConnections connections() {
    return new XConnections(api);
  }

  /** Returns what this client has asked and waited so far. */
  public Usage usage() {
    return api.http().usage();
  }
}
