package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One instance of Mastodon as methods. Streams of posts are lazy: each page is fetched when reading
 * gets there, and reading one again asks again. What cannot be read is left out here; open the same
 * listing by its URI, with {@link io.github.sparkpysocial.place.Places#openSource}, to harvest it
 * with a ledger and a quarantine.
 *
 * <pre>{@code
 * MastodonClient client = MastodonClient.of("mastodon.social", SourceOptions.fromEnvironment());
 * List<Post> newest = client.tag("apachespark").limit(100).toList();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class MastodonClient {
  private static final int MOST_HASHTAGS = 40;

  private final String host;
  private final SourceOptions options;
  private final MastodonSourceProvider provider = new MastodonSourceProvider();

  private MastodonClient(String host, SourceOptions options) {
    this.host = host;
    this.options = options;
  }

  /**
   * Returns a client of an instance; asks it nothing yet.
   *
   * @param host its name, such as {@code mastodon.social}
   * @param options with {@code MASTODON_TOKEN} in the environment for what needs one
   * @throws IllegalArgumentException if {@code host} is no host's name
   */
  public static MastodonClient of(String host, SourceOptions options) {
    Objects.requireNonNull(options, "options");
    MastodonApi.open(host, PlaceUri.parse("mastodon:" + host + "/public"), options);
    return new MastodonClient(host, options);
  }

  /**
   * A hashtag that the instance knows.
   *
   * @param name without its sign
   * @param url the page of its posts on the instance
   */
  public record Tag(String name, String url) {
    public Tag {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(url, "url");
    }
  }

  /** Returns the posts with a tag, newest first. */
  public Stream<Post> tag(String tag) {
    return posts("tags/" + Query.encode(tag));
  }

  /** Returns all public posts that the instance knows, newest first. */
  public Stream<Post> publicTimeline() {
    return posts("public");
  }

  /**
   * Returns what an account posted, boosts included, newest first.
   *
   * @param name such as {@code alice}, or {@code alice@example.org} if it lives elsewhere
   */
  public Stream<Post> postsOf(String name) {
    return posts("accounts/" + Query.encode(name) + "/posts");
  }

  /**
   * Returns the posts that a search finds.
   *
   * @throws io.github.sparkpysocial.AuthenticationException without a token
   */
  public Stream<Post> searchPosts(String query) {
    return posts("search?type=statuses&q=" + Query.encode(query));
  }

  /** Returns the accounts that a search finds: 40 at most without a token. */
  public Stream<Account> searchAccounts(String query) {
    return open("search?type=accounts&q=" + Query.encode(query))
        .records()
        .filter(Account.class::isInstance)
        .map(Account.class::cast);
  }

  /**
   * Returns up to 40 tags that begin with a text.
   *
   * @throws InterruptedException if the thread is interrupted while it waits or reads
   */
  public List<Tag> hashtags(String query) throws InterruptedException {
    MastodonApi api =
        MastodonApi.open(host, PlaceUri.parse("mastodon:" + host + "/search"), options);
    JsonDocument answer =
        JsonDocument.of(
            api.get(
                new Query(api.base(), "/api/v2/search")
                    .with("q", query)
                    .with("type", "hashtags")
                    .with("limit", MOST_HASHTAGS)
                    .uri()));
    List<Tag> tags = new ArrayList<>();
    for (JsonNode tag : answer.root().path("hashtags")) {
      tags.add(new Tag(tag.path("name").asText(), tag.path("url").asText()));
    }
    return List.copyOf(tags);
  }

  /**
   * Opens the live stream of a tag; the caller closes it.
   *
   * @throws io.github.sparkpysocial.AuthenticationException without a token
   */
  public LiveSource streamTag(String tag) {
    return provider.openLive(place("stream/tag/" + Query.encode(tag)), options);
  }

  /**
   * Opens the live stream of all public posts; the caller closes it.
   *
   * @throws io.github.sparkpysocial.AuthenticationException without a token
   */
  public LiveSource streamPublic() {
    return provider.openLive(place("stream/public"), options);
  }

  private PlaceUri place(String listing) {
    return PlaceUri.parse("mastodon:" + host + '/' + listing);
  }

  private RecordSource open(String listing) {
    return provider.open(place(listing), options);
  }

  private Stream<Post> posts(String listing) {
    return open(listing).records().filter(Post.class::isInstance).map(Post.class::cast);
  }

  /** Shows the instance. */
  @Override
  public String toString() {
    return "MastodonClient[" + host + ']';
  }
}
