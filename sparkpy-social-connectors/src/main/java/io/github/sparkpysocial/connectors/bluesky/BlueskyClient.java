package io.github.sparkpysocial.connectors.bluesky;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Bluesky as methods. Streams of posts are lazy: each page is fetched when reading gets there, and
 * reading one again asks again. What cannot be read is left out here; open the same listing by its
 * URI, with {@link io.github.sparkpysocial.place.Places#openSource}, to harvest it with a ledger
 * and a quarantine.
 *
 * <pre>{@code
 * BlueskyClient client = BlueskyClient.of(SourceOptions.fromEnvironment());
 * List<Post> newest = client.search("apache spark").limit(100).toList();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class BlueskyClient {
  private final SourceOptions options;
  private final BlueskySourceProvider provider = new BlueskySourceProvider();

  private BlueskyClient(SourceOptions options) {
    this.options = options;
  }

  /**
   * Returns a client; asks nothing yet.
   *
   * @param options with {@code BLUESKY_IDENTIFIER} and {@code BLUESKY_APP_PASSWORD} in the
   *     environment to read as a user, neither to read as anybody
   */
  public static BlueskyClient of(SourceOptions options) {
    return new BlueskyClient(Objects.requireNonNull(options, "options"));
  }

  /** Returns the posts that match a query, newest first, as far back as there are any. */
  public Stream<Post> search(String query) {
    return posts("search?q=" + Query.encode(query));
  }

  /**
   * Returns what an account posted and reposted, newest first.
   *
   * @param actor a handle such as {@code alice.bsky.social}, or a DID
   */
  public Stream<Post> postsOf(String actor) {
    return posts(actor + "/posts");
  }

  /**
   * Returns the profiles that there are of those asked for.
   *
   * @param actors handles and DIDs
   */
  public Stream<Account> profiles(Collection<String> actors) {
    return open("profiles?handles=" + String.join(",", actors))
        .records()
        .filter(Account.class::isInstance)
        .map(Account.class::cast);
  }

  /**
   * Opens the stream of what happens in collections of the network; the caller closes it.
   *
   * @param collections such as {@code app.bsky.feed.post}; none means that one
   */
  public LiveSource jetstream(List<String> collections) {
    return provider.openLive(
        PlaceUri.parse("bluesky:jetstream?collections=" + String.join(",", collections)), options);
  }

  private RecordSource open(String listing) {
    return provider.open(PlaceUri.parse("bluesky:" + listing), options);
  }

  private Stream<Post> posts(String listing) {
    return open(listing).records().filter(Post.class::isInstance).map(Post.class::cast);
  }
}
