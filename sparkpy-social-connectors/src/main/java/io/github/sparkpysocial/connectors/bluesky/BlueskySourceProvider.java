package io.github.sparkpysocial.connectors.bluesky;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Opens listings of Bluesky:
 *
 * <ul>
 *   <li>{@code bluesky:search?q=apache+spark}: the posts that match a query, newest first, as far
 *       back as there are any. {@code since=} and {@code until=} are days or times, {@code author=}
 *       and {@code mentions=} accounts, {@code lang=} a language, {@code tag=} tags with commas
 *       between them, all of which a post has to have, {@code domain=} and {@code url=} links;
 *       {@code sort=top} gives the most liked instead
 *   <li>{@code bluesky:alice.bsky.social/posts}: what an account posted and reposted, newest first;
 *       {@code filter=posts_no_replies}, {@code posts_with_media}, {@code posts_and_author_threads}
 *   <li>{@code bluesky:profiles?handles=alice.bsky.social,did:plc:…}: profiles, with what became of
 *       each
 *   <li>live: {@code bluesky:jetstream?collections=app.bsky.feed.post}, what happens on the
 *       network; {@code collections=} and {@code dids=} have commas between them, {@code
 *       dialect=v2} speaks to the newer servers. Of {@code app.bsky.feed.like}, {@code
 *       app.bsky.feed.repost} and {@code app.bsky.graph.follow} interactions are read, of {@code
 *       app.bsky.actor.profile} accounts
 * </ul>
 *
 * <p>None of them needs a login. With {@code BLUESKY_IDENTIFIER}, a handle, and {@code
 * BLUESKY_APP_PASSWORD}, an app password, they are read as that user.
 */
public final class BlueskySourceProvider implements SourceProvider {
  static final String KNOWN =
      "Bluesky has bluesky:search?q=apache+spark, bluesky:HANDLE/posts,"
          + " bluesky:profiles?handles=HANDLE,HANDLE, and live"
          + " bluesky:jetstream?collections=app.bsky.feed.post";
  private static final int MOST_COLLECTIONS = 100;
  private static final int MOST_DIDS = 10_000;
  private static final Set<String> SEARCH =
      Set.of(
          "q",
          "since",
          "until",
          "author",
          "mentions",
          "lang",
          "tag",
          "domain",
          "url",
          "sort",
          "endpoint");
  private static final Set<String> FILTERS =
      Set.of(
          "posts_with_replies", "posts_no_replies", "posts_with_media", "posts_and_author_threads");

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public BlueskySourceProvider() {}

  @Override
  public String scheme() {
    return "bluesky";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    String location = uri.location();
    if (location.equals("search")) {
      return search(uri, options);
    }
    if (location.equals("profiles")) {
      return profiles(uri, options);
    }
    if (location.endsWith("/posts")) {
      return posts(uri, options, location.substring(0, location.length() - "/posts".length()));
    }
    throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
  }

  @Override
  public boolean isLive(PlaceUri uri) {
    return uri.location().equals("jetstream");
  }

  @Override
  public LiveSource openLive(PlaceUri uri, SourceOptions options) {
    if (!isLive(uri)) {
      throw new IllegalArgumentException("There is no live stream " + uri + "; " + KNOWN);
    }
    checkParameters(uri, Set.of("collections", "dids", "dialect", "endpoint"));
    List<String> collections = listed(uri, "collections");
    for (String collection : collections) {
      String name = collection.endsWith(".*") ? collection.replaceFirst("\\*$", "all") : collection;
      if (!AtSyntax.isNsid(name)) {
        throw new IllegalArgumentException(
            "'"
                + collection
                + "' in "
                + uri
                + " is no collection such as app.bsky.feed.post; "
                + KNOWN);
      }
    }
    List<String> dids = listed(uri, "dids");
    for (String did : dids) {
      if (!AtSyntax.isDid(did)) {
        throw new IllegalArgumentException(
            "'"
                + did
                + "' in "
                + uri
                + " is no DID; bluesky:profiles?handles=… tells those of handles");
      }
    }
    if (collections.size() > MOST_COLLECTIONS || dids.size() > MOST_DIDS) {
      throw new IllegalArgumentException(
          "Jetstream takes 100 collections and 10,000 DIDs, " + uri + " has more; " + KNOWN);
    }
    String dialect = uri.parameter("dialect") == null ? "v1" : uri.parameter("dialect");
    return new Jetstream(
        uri,
        options,
        switch (String.valueOf(dialect)) {
          case "v1" -> Jetstream.Dialect.V1;
          case "v2" -> Jetstream.Dialect.V2;
          default ->
              throw new IllegalArgumentException(
                  "dialect in " + uri + " is v1 or v2, was '" + dialect + "'; " + KNOWN);
        },
        collections.isEmpty() ? List.of(BlueskyRecords.POST) : collections,
        dids);
  }

  private static RecordSource search(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, SEARCH);
    String query = uri.parameter("q");
    if (query == null || query.isBlank()) {
      throw new IllegalArgumentException(
          "The query is missing in " + uri + "; write it as bluesky:search?q=apache+spark");
    }
    String sort = uri.parameter("sort");
    if (sort != null && !sort.equals("latest") && !sort.equals("top")) {
      throw new IllegalArgumentException(
          "sort in " + uri + " is latest or top, was '" + sort + "'");
    }
    for (String name : List.of("author", "mentions")) {
      String actor = uri.parameter(name);
      if (actor != null && !AtSyntax.isIdentifier(bare(actor))) {
        throw noAccount(uri, actor);
      }
    }
    String author = uri.parameter("author");
    String mentions = uri.parameter("mentions");
    List<String> tags = listed(uri, "tag");
    return new SearchSource(
        uri,
        options,
        BlueskyApi.open(uri, options),
        parameters -> {
          parameters
              .with("q", query)
              .with("sort", sort == null ? "latest" : sort)
              .with("author", author == null ? null : bare(author))
              .with("mentions", mentions == null ? null : bare(mentions))
              .with("lang", uri.parameter("lang"))
              .with("domain", uri.parameter("domain"))
              .with("url", uri.parameter("url"));
          tags.forEach(tag -> parameters.with("tag", tag.startsWith("#") ? tag.substring(1) : tag));
          return parameters;
        },
        !"top".equals(sort),
        Times.parameter(uri, "since"),
        Times.parameter(uri, "until"));
  }

  private static RecordSource posts(PlaceUri uri, SourceOptions options, String written) {
    checkParameters(uri, Set.of("filter", "endpoint"));
    String actor = bare(written);
    if (!AtSyntax.isIdentifier(actor)) {
      throw noAccount(uri, written);
    }
    String filter =
        uri.parameter("filter") == null ? "posts_with_replies" : uri.parameter("filter");
    if (filter == null || !FILTERS.contains(filter)) {
      throw new IllegalArgumentException(
          "filter in "
              + uri
              + " is one of "
              + String.join(", ", FILTERS.stream().sorted().toList()));
    }
    return new AuthorFeedSource(uri, options, BlueskyApi.open(uri, options), actor, filter);
  }

  private static RecordSource profiles(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("handles", "endpoint"));
    List<String> actors =
        List.copyOf(
            new LinkedHashSet<>(
                listed(uri, "handles").stream()
                    .map(BlueskySourceProvider::bare)
                    .map(actor -> actor.startsWith("did:") ? actor : actor.toLowerCase(Locale.ROOT))
                    .toList()));
    if (actors.isEmpty()) {
      throw new IllegalArgumentException(
          "The handles in "
              + uri
              + " are missing; write bluesky:profiles?handles=a.example,b.example");
    }
    for (String actor : actors) {
      if (!AtSyntax.isIdentifier(actor)) {
        throw noAccount(uri, actor);
      }
    }
    return new ProfilesSource(uri, options, BlueskyApi.open(uri, options), actors);
  }

  private static IllegalArgumentException noAccount(PlaceUri uri, String actor) {
    return new IllegalArgumentException(
        "'"
            + actor
            + "' in "
            + uri
            + " names no account; write a handle such as alice.bsky.social, or a DID; "
            + KNOWN);
  }

  private static String bare(String actor) {
    return actor.startsWith("@") ? actor.substring(1) : actor;
  }

  private static List<String> listed(PlaceUri uri, String name) {
    String given = uri.parameter(name);
    return given == null || given.isBlank()
        ? List.of()
        : List.of(given.strip().split("\\s*,\\s*", -1));
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
