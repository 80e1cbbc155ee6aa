package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live streams of Mastodon and Bluesky bring what happens, as the community knows it. */
@Timeout(30)
class FreeStreamsTest {
  private static final Community COMMUNITY =
      Community.builder().seed(7).people(90).posts(400).build();
  private static final int LIVE = 150;

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final Map<RecordKey, SocialRecord> taken = new LinkedHashMap<>();
  private Sandbox sandbox;
  private SourceOptions options;
  private String mark;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder(COMMUNITY).clock(clock).live(LIVE).start();
    options = new PagedHarvest(directory, clock).options(sandbox.environment());
  }

  @AfterEach
  void keepsEveryRule() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?via=websocket"})
  void mastodonStreamsWhatIsPublic(String via) throws Exception {
    assertStreamed("stream/public" + via, post -> true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?via=websocket"})
  void mastodonStreamsWhatIsWrittenThereOrElsewhere(String via) throws Exception {
    assertStreamed("stream/public/local" + via, post -> post.id().startsWith(Community.INSTANCE));
  }

  @Test
  void mastodonStreamsATag() throws Exception {
    assertStreamed(
        "stream/tag/pyspark",
        post -> post.entities().hashtags().stream().anyMatch(t -> t.text().equals("PySpark")));
  }

  /** Follows a stream while all happens, and compares what is left with the truth. */
  private void assertStreamed(String listing, Predicate<Post> wanted) throws Exception {
    boolean tag = listing.contains("/tag/");
    List<Post> happening =
        happening(Network.MASTODON).stream()
            .filter(post -> post.kind() != Post.Kind.REPOST)
            .filter(post -> tag || !answersAnother(post))
            .filter(wanted)
            .toList();
    long deleted = happening.stream().filter(post -> COMMUNITY.isDeleted(post.id())).count();
    long edited =
        happening.stream()
            .filter(post -> !COMMUNITY.isDeleted(post.id()))
            .filter(post -> post.kind() == Post.Kind.ORIGINAL)
            .filter(post -> COMMUNITY.indexOf(Network.MASTODON, post.id()) % 17 == 5)
            .count();
    assertThat(happening).hasSizeGreaterThan(4);

    try (LiveSource source = open("mastodon:" + Community.INSTANCE + "/" + listing);
        LiveConnection connection = source.connect(null)) {
      sandbox.awaitStreams(1);
      sandbox.publish(LIVE);
      follow(source, connection, happening.size() + deleted + edited);
    }

    assertThat(posts())
        .containsExactlyInAnyOrderElementsOf(
            happening.stream()
                .filter(post -> !COMMUNITY.isDeleted(post.id()))
                .map(FreeStreamsTest::essence)
                .toList());
  }

  private static boolean answersAnother(Post post) {
    return post.kind() == Post.Kind.REPLY
        && !Objects.equals(post.inReplyToAuthorId(), post.author().id());
  }

  @Test
  void whatMastodonDidNotSendIsOnItsTimeline() throws Exception {
    Post last;
    try (LiveSource source = open("mastodon:" + Community.INSTANCE + "/stream/public")) {
      try (LiveConnection connection = source.connect(null)) {
        sandbox.awaitStreams(1);
        sandbox.publish(40);
        last = firstPost(source, connection);
      }
      Instant from = clock.instant();
      sandbox.publish(LIVE - 40);

      RecordSource missed =
          source.backfill(
              new Hole(from, from, new Position(last.id(), last.createdAt()), "a test"));
      PageRequest request = new PageRequest(new Position(last.id(), last.createdAt()), null, null);
      for (Page page = missed.fetch(request);
          ;
          page = missed.fetch(request.at(page.nextCursor()))) {
        page.records().forEach(record -> taken.put(record.key(), record));
        if (page.isLast()) {
          break;
        }
      }
    }

    assertThat(posts())
        .extracting(Post::id)
        .containsAll(
            happening(Network.MASTODON).stream()
                .filter(post -> post.kind() != Post.Kind.REPOST && !answersAnother(post))
                .filter(post -> !COMMUNITY.isDeleted(post.id()))
                .filter(post -> post.createdAt().isAfter(last.createdAt()))
                .map(Post::id)
                .toList());
  }

  private Post firstPost(LiveSource source, LiveConnection connection)
      throws IOException, InterruptedException {
    while (true) {
      Frame frame = Objects.requireNonNull(connection.read());
      if (!frame.isKeepAlive()) {
        for (SocialRecord record : source.decode(frame).records()) {
          if (record instanceof Post post) {
            return post;
          }
        }
      }
    }
  }

  @Test
  void aMastodonStreamNeedsAToken() {
    SourceOptions bare = new SourceOptions(Map.of(), clock);

    assertThatThrownBy(
            () -> Places.openLive(PlaceUri.parse("mastodon:mastodon.social/stream/public"), bare))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("MASTODON_TOKEN")
        .hasMessageContaining("4.2");
  }

  @Test
  void aRefusalSaysWhetherItPasses() {
    sandbox.next("/api/v1/streaming", Fault.status(401), Fault.status(503));

    LiveSource source = open("mastodon:" + Community.INSTANCE + "/stream/public");
    assertThatThrownBy(() -> source.connect(null))
        .isInstanceOfSatisfying(
            LiveRefusedException.class,
            e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.FINAL))
        .hasMessageContaining("MASTODON_TOKEN");
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> source.connect(null))
        .isInstanceOfSatisfying(
            LiveRefusedException.class,
            e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.TEMPORARY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void jetstreamGoesOnWhereItWasCut(String dialect) throws Exception {
    String place =
        "bluesky:jetstream?collections=app.bsky.feed.post,app.bsky.feed.repost&dialect=" + dialect;
    List<Post> happening = happening(Network.BLUESKY);
    Post first = happening.get(0);
    Post final_ = happening.get(happening.size() - 1);

    try (LiveSource source = open(place)) {
      try (LiveConnection connection = source.connect(null)) {
        sandbox.awaitStreams(1);
        sandbox.publish(60);
        followUntil(source, connection, () -> taken.size() >= 20);
      }
      sandbox.publish(LIVE - 60); // nobody listens
      try (LiveConnection connection = source.connect(mark)) {
        followUntil(source, connection, () -> has(final_));
      }
    }

    assertThat(has(first)).isTrue();
    List<Post> left = happening.stream().filter(post -> !COMMUNITY.isDeleted(post.id())).toList();
    assertThat(posts())
        .containsAll(
            left.stream()
                .filter(post -> post.kind() != Post.Kind.REPOST)
                .map(FreeStreamsTest::essence)
                .toList());
    assertThat(taken.values())
        .filteredOn(record -> record instanceof Interaction)
        .extracting(SocialRecord::id)
        .containsAll(
            left.stream().filter(post -> post.kind() == Post.Kind.REPOST).map(Post::id).toList());
    assertThat(posts())
        .noneMatch(post -> COMMUNITY.isDeleted(post.id()) && !post.id().equals(final_.id()));
  }

  private boolean has(Post post) {
    return COMMUNITY.isDeleted(post.id())
        || taken.keySet().stream().anyMatch(key -> key.id().equals(post.id()));
  }

  /** Posts that happen while the sandbox runs, in the order of time. */
  private static List<Post> happening(Network network) {
    Instant start = COMMUNITY.postAt(COMMUNITY.writtenPosts() - LIVE).createdAt();
    return IntStream.range(COMMUNITY.writtenBefore(network, start), COMMUNITY.writtenPosts(network))
        .mapToObj(index -> COMMUNITY.postAt(network, index))
        .toList();
  }

  private LiveSource open(String place) {
    return Places.openLive(PlaceUri.parse(place), options);
  }

  private void follow(LiveSource source, LiveConnection connection, long messages)
      throws IOException, InterruptedException {
    long[] left = {messages};
    followUntil(source, connection, () -> left[0]-- == 0);
  }

  private interface End {
    boolean reached();
  }

  private void followUntil(LiveSource source, LiveConnection connection, End end)
      throws IOException, InterruptedException {
    while (!end.reached()) {
      Frame frame = Objects.requireNonNull(connection.read());
      while (frame.isKeepAlive()) {
        frame = Objects.requireNonNull(connection.read());
      }
      LiveMessage message = source.decode(frame);
      assertThat(message.rejected()).isEmpty();
      assertThat(message.unknownFields()).isEmpty();
      mark = message.resumeAt() == null ? mark : message.resumeAt();
      for (SocialRecord record : message.records()) {
        if (record instanceof Tombstone tombstone) {
          taken.remove(tombstone.target());
        } else {
          taken.put(record.key(), record);
        }
      }
    }
  }

  private List<Post> posts() {
    return taken.values().stream()
        .filter(record -> record instanceof Post)
        .map(record -> essence((Post) record))
        .toList();
  }

  private static Post essence(Post post) {
    return Post.builder(post.network(), post.id(), post.text())
        .kind(post.kind())
        .language(post.language())
        .createdAt(post.createdAt())
        .author(
            post.network().equals(Network.BLUESKY)
                ? new AccountRef(post.author().id(), null, null)
                : post.author())
        .entities(post.entities())
        .quoteOfId(post.quoteOfId())
        .conversationId(post.conversationId())
        .url(post.url())
        .build();
  }
}
