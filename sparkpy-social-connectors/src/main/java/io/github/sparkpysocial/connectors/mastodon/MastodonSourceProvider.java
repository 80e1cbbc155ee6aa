package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens listings of an instance of Mastodon:
 *
 * <ul>
 *   <li>{@code mastodon:mastodon.social/tags/apachespark}: the posts with a tag that the instance
 *       knows, newest first. {@code any=}, {@code all=} and {@code none=} name up to three more
 *       tags with commas between them; {@code local=true} and {@code remote=true} keep those
 *       written there or elsewhere, {@code only_media=true} those with pictures; {@code since=} and
 *       {@code until=} are days or times
 *   <li>{@code mastodon:mastodon.social/public}: all public posts that the instance knows, with the
 *       same parameters but for the tags
 *   <li>{@code mastodon:mastodon.social/accounts/alice@example.org/posts}: what an account posted,
 *       boosts included; {@code exclude_replies=true}, {@code exclude_reblogs=true}
 *   <li>{@code mastodon:mastodon.social/search?q=spark&type=accounts}: accounts by name; {@code
 *       type=statuses}, for which Mastodon wants a token, posts by words
 *   <li>live: {@code mastodon:mastodon.social/stream/public}, {@code …/stream/public/local}, {@code
 *       …/stream/public/remote}, {@code …/stream/tag/TAG}, {@code …/stream/tag/TAG/local}; over
 *       server-sent events, or with {@code via=websocket} over a WebSocket
 * </ul>
 *
 * <p>None but the streams needs a token, unless the instance does not show its timelines to
 * everybody or posts are searched: then {@code MASTODON_TOKEN} holds one of an account there.
 * {@code MASTODON_HOST} names the instance that it belongs to; it is sent to no other then.
 */
public final class MastodonSourceProvider implements SourceProvider {
  static final String KNOWN =
      "Mastodon has mastodon:HOST/tags/TAG, mastodon:HOST/public, mastodon:HOST/accounts/NAME/posts,"
          + " mastodon:HOST/search?q=WORDS&type=accounts, and live mastodon:HOST/stream/public and"
          + " mastodon:HOST/stream/tag/TAG, where HOST is an instance such as mastodon.social";
  private static final Set<String> FILTERS =
      Set.of("local", "remote", "only_media", "since", "until", "endpoint");
  private static final Set<String> TAG_FILTERS =
      Set.of("any", "all", "none", "local", "remote", "only_media", "since", "until", "endpoint");
  private static final Set<String> ACCOUNT_FILTERS =
      Set.of("exclude_replies", "exclude_reblogs", "only_media", "since", "until", "endpoint");

  /** Mastodon takes four tags in all. */
  private static final int MOST_MORE_TAGS = 3;

  private static final Pattern LISTING = Pattern.compile("([^/]+)/(.+)");
  private static final Pattern STREAM =
      Pattern.compile("([^/]+)/stream/(?:public(?:/(local|remote))?|tag/([^/]+)(?:/(local))?)");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{M}\\p{N}_·・]+");
  private static final Pattern ACCOUNT =
      Pattern.compile("@?([A-Za-z0-9_.-]+(?:@[A-Za-z0-9.-]+(?::\\d+)?)?)");

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public MastodonSourceProvider() {}

  @Override
  public String scheme() {
    return "mastodon";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    Matcher listing = LISTING.matcher(uri.location());
    if (!listing.matches()) {
      throw unknown(uri);
    }
    String path = listing.group(2);
    if (path.equals("public")) {
      checkParameters(uri, FILTERS);
      return timeline(uri, options, listing.group(1), "/api/v1/timelines/public", query -> query);
    }
    if (path.startsWith("tags/")) {
      return tag(uri, options, listing.group(1), path.substring("tags/".length()));
    }
    if (path.startsWith("accounts/") && path.endsWith("/posts")) {
      return posts(
          uri,
          options,
          listing.group(1),
          path.substring("accounts/".length(), path.length() - "/posts".length()));
    }
    if (path.equals("search")) {
      return search(uri, options, listing.group(1));
    }
    throw unknown(uri);
  }

  @Override
  public boolean isLive(PlaceUri uri) {
    return uri.location().matches("[^/]+/stream(?:/.*)?");
  }

  @Override
  public LiveSource openLive(PlaceUri uri, SourceOptions options) {
    Matcher stream = STREAM.matcher(uri.location());
    if (!stream.matches()) {
      throw unknown(uri);
    }
    checkParameters(uri, Set.of("via", "endpoint"));
    String via = uri.parameter("via");
    if (via != null && !via.equals("sse") && !via.equals("websocket")) {
      throw new IllegalArgumentException(
          "via in " + uri + " is sse or websocket, was '" + via + "'; " + KNOWN);
    }
    String host = stream.group(1);
    MastodonApi api = MastodonApi.open(host, uri, options);
    if (!api.isLoggedIn()) {
      throw new AuthenticationException(
          "Mastodon streams to its own people only, since version 4.2: set "
              + MastodonApi.TOKEN
              + " to a token of an account on "
              + api.host()
              + " for "
              + uri
              + ", or read mastodon:"
              + api.host()
              + "/public, which needs none");
    }
    String tag = stream.group(3) == null ? null : checkedTag(uri, stream.group(3));
    String part = stream.group(2) == null ? stream.group(4) : stream.group(2);
    MastodonStream.Topic topic =
        new MastodonStream.Topic(
            (tag == null ? "/public" : "/hashtag") + (part == null ? "" : '/' + part),
            (tag == null ? "public" : "hashtag") + (part == null ? "" : ':' + part),
            tag,
            part);
    return new MastodonStream(
        uri, options, api, topic, "websocket".equals(via), () -> missed(uri, options, api, topic));
  }

  /** Opens the timeline of the posts that a stream brings. */
  private static RecordSource missed(
      PlaceUri uri, SourceOptions options, MastodonApi api, MastodonStream.Topic topic) {
    String path =
        topic.tag() == null
            ? "/api/v1/timelines/public"
            : "/api/v1/timelines/tag/" + Query.encode(topic.tag());
    return new TimelineSource(
        uri,
        options,
        api,
        () -> path,
        query -> topic.part() == null ? query : query.with(topic.part(), "true"),
        null,
        null,
        List.of());
  }

  private static IllegalArgumentException unknown(PlaceUri uri) {
    return new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
  }

  private static RecordSource tag(
      PlaceUri uri, SourceOptions options, String host, String written) {
    checkParameters(uri, TAG_FILTERS);
    String tag = checkedTag(uri, written);
    List<String> any = tags(uri, "any");
    List<String> all = tags(uri, "all");
    List<String> none = tags(uri, "none");
    if (any.size() + all.size() + none.size() > MOST_MORE_TAGS) {
      throw new IllegalArgumentException(
          "Mastodon takes four tags in all, " + uri + " has more; make two listings of it");
    }
    return timeline(
        uri,
        options,
        host,
        "/api/v1/timelines/tag/" + Query.encode(tag),
        query -> {
          any.forEach(name -> query.with("any%5B%5D", name));
          all.forEach(name -> query.with("all%5B%5D", name));
          none.forEach(name -> query.with("none%5B%5D", name));
          return query;
        });
  }

  private static List<String> tags(PlaceUri uri, String name) {
    String given = uri.parameter(name);
    return given == null || given.isBlank()
        ? List.of()
        : List.of(given.strip().split("\\s*,\\s*", -1)).stream()
            .map(tag -> checkedTag(uri, tag))
            .toList();
  }

  private static String checkedTag(PlaceUri uri, String written) {
    String tag = Query.decode(written);
    tag = tag.startsWith("#") ? tag.substring(1) : tag;
    if (!TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException(
          "A tag in " + uri + " is letters, digits and underscores, without its sign");
    }
    return tag;
  }

  private static RecordSource timeline(
      PlaceUri uri, SourceOptions options, String host, String path, UnaryOperator<Query> filters) {
    MastodonApi api = MastodonApi.open(host, uri, options);
    String local = flag(uri, "local");
    String remote = flag(uri, "remote");
    String media = flag(uri, "only_media");
    return new TimelineSource(
        uri,
        options,
        api,
        () -> path,
        query ->
            filters
                .apply(query)
                .with("local", local)
                .with("remote", remote)
                .with("only_media", media),
        Times.parameter(uri, "since"),
        Times.parameter(uri, "until"),
        List.of(
            "An instance knows the posts of its own people and of those they follow, not all there"
                + " are; posts from elsewhere may arrive late, below newer ones."));
  }

  private static RecordSource posts(
      PlaceUri uri, SourceOptions options, String host, String written) {
    checkParameters(uri, ACCOUNT_FILTERS);
    Matcher account = ACCOUNT.matcher(Query.decode(written));
    if (!account.matches()) {
      throw new IllegalArgumentException(
          "An account in " + uri + " is written alice, or alice@example.org if it lives elsewhere");
    }
    String replies = flag(uri, "exclude_replies");
    String boosts = flag(uri, "exclude_reblogs");
    String media = flag(uri, "only_media");
    MastodonApi api = MastodonApi.open(host, uri, options);
    return new TimelineSource(
        uri,
        options,
        api,
        new AccountPath(api, account.group(1)),
        query ->
            query
                .with("exclude_replies", replies)
                .with("exclude_reblogs", boosts)
                .with("only_media", media),
        Times.parameter(uri, "since"),
        Times.parameter(uri, "until"),
        List.of("Finding the account takes one request more."));
  }

  /** Looks an account's number up once. */
  private static final class AccountPath implements TimelineSource.Path {
    private final MastodonApi api;
    private final String name;
    private volatile @Nullable String path;

    AccountPath(MastodonApi api, String name) {
      this.api = api;
      this.name = name;
    }

    @Override
    public String get() throws InterruptedException {
      String known = path;
      if (known == null) {
        JsonNode account =
            JsonDocument.of(
                    api.get(
                        new Query(api.base(), "/api/v1/accounts/lookup").with("acct", name).uri()))
                .root();
        known =
            "/api/v1/accounts/" + MastodonApi.checkedId(Json.required(account, "id")) + "/statuses";
        path = known;
      }
      return known;
    }
  }

  private static RecordSource search(PlaceUri uri, SourceOptions options, String host) {
    checkParameters(uri, Set.of("q", "type", "endpoint"));
    String query = uri.parameter("q");
    if (query == null || query.isBlank()) {
      throw new IllegalArgumentException(
          "The query is missing in "
              + uri
              + "; write it as mastodon:mastodon.social/search?q=apache+spark&type=accounts");
    }
    String type = uri.parameter("type") == null ? "statuses" : uri.parameter("type");
    SearchSource.Type wanted =
        switch (String.valueOf(type)) {
          case "statuses" -> SearchSource.Type.STATUSES;
          case "accounts" -> SearchSource.Type.ACCOUNTS;
          case "hashtags" ->
              throw new IllegalArgumentException(
                  "Tags are no records that "
                      + uri
                      + " could list; MastodonClient.hashtags(..) finds them, and"
                      + " mastodon:HOST/tags/TAG lists their posts");
          default ->
              throw new IllegalArgumentException(
                  "The type in " + uri + " is statuses or accounts, was '" + type + "'");
        };
    MastodonApi api = MastodonApi.open(host, uri, options);
    if (wanted == SearchSource.Type.STATUSES && !api.isLoggedIn()) {
      throw new AuthenticationException(
          "Mastodon searches posts for its own people only: set "
              + MastodonApi.TOKEN
              + " to a token of an account on "
              + api.host()
              + " for "
              + uri
              + ", or read a tag, mastodon:"
              + api.host()
              + "/tags/TAG, which needs none");
    }
    return new SearchSource(uri, options, api, query, wanted);
  }

  private static @Nullable String flag(PlaceUri uri, String name) {
    String value = uri.parameter(name);
    if (value == null || value.equals("false")) {
      return null;
    }
    if (!value.equals("true") && !value.isEmpty()) {
      throw new IllegalArgumentException(
          "The parameter '" + name + "' in " + uri + " is true or false, was '" + value + "'");
    }
    return "true";
  }

  static void checkParameters(PlaceUri uri, Set<String> known) {
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown parameter '" + name + "' in " + uri + "; " + KNOWN);
      }
    }
  }
}
