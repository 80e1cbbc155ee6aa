package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.Cap;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.sandbox.StreamEnd;
import io.github.sparkpysocial.testkit.sandbox.XDialect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class XLiveSourceTest {
  private static final Community COMMUNITY =
      Community.builder().seed(11).people(40).posts(600).build();
  private static final int HELD_BACK = 300;
  private static final String MANAGED = "x:stream?rule=spark&manage=true&tag=ours";

  private XWorld x = XWorld.start(COMMUNITY, builder());
  private boolean violates;

  private static Sandbox.Builder builder() {
    return Sandbox.builder(COMMUNITY).live(HELD_BACK);
  }

  @AfterEach
  void breaksNoRule() {
    x.close();
    if (!violates) {
      assertThat(x.sandbox.violations()).isEmpty();
    }
  }

  private LiveSource open(String uri) {
    return open(uri, x.options);
  }

  private static LiveSource open(String uri, SourceOptions options) {
    return Places.openLive(PlaceUri.parse(uri), options);
  }

  /** Returns the posts held back that the rule matches, with what a stream can show. */
  private static List<Post> coming(int from, int to) {
    List<Post> posts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Post post = COMMUNITY.postAt(COMMUNITY.writtenPosts() - HELD_BACK + i);
      if (!COMMUNITY.isDeleted(post.id())
          && post.text().toLowerCase(Locale.ROOT).matches("(?s).*\\bspark\\b.*")) {
        posts.add(post);
      }
    }
    return posts;
  }

  /** Reads until so many posts have come. */
  private static List<Post> read(LiveSource source, LiveConnection connection, int posts)
      throws IOException, InterruptedException {
    List<Post> read = new ArrayList<>();
    while (read.size() < posts) {
      Frame frame = Objects.requireNonNull(connection.read());
      if (!frame.isKeepAlive()) {
        LiveMessage message = source.decode(frame);
        assertThat(message.kind()).isEqualTo(LiveMessage.Kind.RECORDS);
        assertThat(message.rejected()).isEmpty();
        assertThat(message.unknownFields()).isEmpty();
        for (SocialRecord record : message.records()) {
          if (record instanceof Post post) {
            read.add(post);
          }
        }
      }
    }
    return read;
  }

  @ParameterizedTest
  @EnumSource(XDialect.class)
  void postsThatMatchTheRuleArriveAsTheyHappen(XDialect dialect) throws Exception {
    x.close();
    x = XWorld.start(COMMUNITY, builder().xDialect(dialect));
    try (LiveSource source = open(MANAGED);
        LiveConnection connection = source.connect(null)) {
      x.sandbox.publish(100);
      List<Post> expected = coming(0, 100);
      assertThat(expected).hasSizeGreaterThan(20);

      List<Post> read = read(source, connection, expected.size());

      assertThat(read).extracting(Post::id).isEqualTo(expected.stream().map(Post::id).toList());
      assertThat(read)
          .allSatisfy(
              post -> {
                Post truth = COMMUNITY.post(post.id()).orElseThrow();
                assertThat(post.text()).isEqualTo(truth.text());
                assertThat(post.kind()).isEqualTo(truth.kind());
                assertThat(post.createdAt()).isEqualTo(truth.createdAt());
                assertThat(post.raw()).contains("matching_rules").contains("\"ours\"");
              });
    }
    assertThat(XClient.open(x.options).rules().list())
        .extracting(XRules.Rule::value, XRules.Rule::tag)
        .containsExactly(org.assertj.core.api.Assertions.tuple("spark", "ours"));
  }

  @Test
  void aRuleThatIsThereIsNotAddedAgainAndOthersStay() throws Exception {
    XRules rules = XClient.open(x.options).rules();
    rules.add(List.of(XRules.Rule.of("kafka"), XRules.Rule.of("spark")));

    for (int i = 0; i < 2; i++) {
      try (LiveSource source = open(MANAGED)) {
        source.connect(null).close();
        x.sandbox.awaitStreams(0);
      }
    }

    assertThat(rules.list()).extracting(XRules.Rule::value).containsExactly("kafka", "spark");
  }

  @Test
  void postsOfOtherRulesAreNotDelivered() throws Exception {
    XClient.open(x.options).rules().add(List.of(XRules.Rule.of("#kafka OR kafka OR flink")));
    try (LiveSource source = open(MANAGED);
        LiveConnection connection = source.connect(null)) {
      x.sandbox.publish(HELD_BACK);
      List<Post> expected = coming(0, HELD_BACK);

      List<Post> read = read(source, connection, expected.size());

      assertThat(read).extracting(Post::id).isEqualTo(expected.stream().map(Post::id).toList());
    }
  }

  @Test
  void withoutTheRuleItIsSaidHowToAddIt() {
    assertThatThrownBy(() -> open("x:stream?rule=spark").connect(null))
        .isInstanceOfSatisfying(
            LiveRefusedException.class,
            e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.FINAL))
        .hasMessageContaining("no rule 'spark'")
        .hasMessageContaining("manage=true");
    assertThatThrownBy(() -> open("x:stream").connect(null))
        .isInstanceOfSatisfying(
            LiveRefusedException.class,
            e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.FINAL))
        .hasMessageContaining("The stream has no rules (409)");
    assertThatThrownBy(() -> open("x:stream?rule=(spark&manage=true").connect(null))
        .isInstanceOf(LiveRefusedException.class)
        .hasMessageContaining("INVALID")
        .hasMessageContaining("parenthesis");
  }

  @ParameterizedTest
  @CsvSource({
    "500, TEMPORARY",
    "503, TEMPORARY",
    "401, FINAL",
    "403, FINAL",
    "404, FINAL",
    "402, FINAL"
  })
  void aRefusalTellsWhatToDo(int status, LiveRefusedException.Kind kind) {
    x.sandbox.next("/2/tweets/sample/stream", Fault.status(status));

    assertThatThrownBy(() -> open("x:sample").connect(null))
        .isInstanceOfSatisfying(
            LiveRefusedException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageNotContaining("sandbox-");
  }

  @Test
  void aRateLimitOfConnectsSaysHowLong() {
    x.sandbox.next("/2/tweets/sample/stream", Fault.rateLimited(Duration.ofSeconds(95)));

    assertThatThrownBy(() -> open("x:sample").connect(null))
        .isInstanceOfSatisfying(
            LiveRefusedException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.LIMITED);
              assertThat(e.pause()).isEqualTo(Duration.ofSeconds(95));
            });
  }

  @Test
  void theOldConnectionIsClosedBeforeANewOneIsOpened() throws Exception {
    try (LiveSource source = open("x:sample")) {
      LiveConnection first = source.connect(null);
      LiveConnection second = source.connect(null);

      assertThatThrownBy(first::read).isInstanceOf(IOException.class);
      assertThat(second).isNotNull();
      assertThat(x.sandbox.openStreams()).isEqualTo(1);
    }
  }

  @Test
  void aSecondProgramIsRefusedUnlessItTakesOver() throws Exception {
    violates = true; // the second connection is one
    try (LiveSource other = open("x:sample");
        LiveConnection held = other.connect(null)) {
      assertThatThrownBy(() -> open("x:sample").connect(null))
          .isInstanceOfSatisfying(
              LiveRefusedException.class,
              e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.LIMITED))
          .hasMessageContaining("takeover=true");
      assertThat(XClient.open(x.options).connections().open())
          .singleElement()
          .satisfies(c -> assertThat(c.stream()).isEqualTo("sample_stream"));

      LiveSource taking = open("x:sample?takeover=true");
      assertThatThrownBy(() -> taking.connect(null)).isInstanceOf(LiveRefusedException.class);
      assertThatThrownBy(
              () -> {
                while (true) {
                  assertThat(held.read()).isNotNull();
                }
              })
          .isInstanceOf(IOException.class);
      x.clock.advance(Duration.ofMinutes(3));
      taking.connect(null).close();
    }
    assertThat(XClient.open(x.options).connections().all())
        .extracting(XConnections.Connection::reason)
        .contains("KilledByClient");
  }

  @ParameterizedTest
  @EnumSource(StreamEnd.class)
  void aPostThatBreaksOffIsNeverDelivered(StreamEnd how) throws Exception {
    try (LiveSource source = open(MANAGED);
        LiveConnection connection = source.connect(null)) {
      x.sandbox.publish(50);
      int posts = coming(0, 50).size();
      read(source, connection, posts);

      x.sandbox.disconnectStreams(how);

      boolean inOrder = false;
      try {
        Frame frame = connection.read();
        while (frame != null && frame.isKeepAlive()) {
          frame = connection.read();
        }
        inOrder = frame == null;
        assertThat(frame).isNull();
      } catch (IOException e) {
        assertThat(how).isNotEqualTo(StreamEnd.CLOSED);
      }
      assertThat(inOrder).isEqualTo(how == StreamEnd.CLOSED);
    }
  }

  @Test
  void anErrorInTheStreamMeansToConnectAgain() throws Exception {
    try (LiveSource source = open("x:sample");
        LiveConnection connection = source.connect(null)) {
      x.sandbox.keepStreamsAlive();
      x.sandbox.sendToStreams(
          "{\"errors\":[{\"title\":\"operational-disconnect\",\"disconnect_type\":"
              + "\"UpstreamOperationalDisconnect\",\"detail\":\"This stream has been disconnected\","
              + "\"type\":\"https://api.x.com/2/problems/operational-disconnect\"}]}\r\n");

      assertThat(Objects.requireNonNull(connection.read()).isKeepAlive()).isTrue();
      LiveMessage message = source.decode(Objects.requireNonNull(connection.read()));

      assertThat(message.kind()).isEqualTo(LiveMessage.Kind.RECONNECT);
      assertThat(message.text()).contains("UpstreamOperationalDisconnect");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no json", "[1]", "{\"data\":{\"id\":\"5\"}}", "{\"data\":{\"text\":\"a\"}}"})
  void whatCannotBeReadIsSetAsideWithItsText(String line) {
    LiveMessage message = open("x:sample").decode(new Frame(null, line));

    assertThat(message.kind()).isEqualTo(LiveMessage.Kind.RECORDS);
    assertThat(message.records()).isEmpty();
    assertThat(message.rejected())
        .singleElement()
        .satisfies(
            rejected ->
                assertThat(line)
                    .contains(new String(rejected.raw(), java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void aMessageOfAnUnknownKindIsANoticeAndTheStreamGoesOn() {
    LiveMessage message =
        open("x:sample").decode(new Frame(null, "{\"novelty\":{\"secret\":\"content\"}}"));

    assertThat(message.kind()).isEqualTo(LiveMessage.Kind.NOTICE);
    assertThat(message.text()).contains("novelty").doesNotContain("content");
  }

  @Test
  void anEditedPostComesWithAnIdOfItsOwnAndItsHistory() {
    LiveMessage message =
        open("x:sample")
            .decode(
                new Frame(
                    null,
                    "{\"data\":{\"id\":\"12\",\"text\":\"second\",\"edit_history_tweet_ids\":"
                        + "[\"11\",\"12\"]},\"matching_rules\":[{\"id\":\"1\"}],\"novel\":1}"));

    assertThat(message.records()).extracting(SocialRecord::id).containsExactly("12");
    assertThat(message.records().get(0).raw()).contains("[\"11\",\"12\"]").contains("novel");
  }

  @Test
  void aHoleIsFilledByASearchForTheRule() throws Exception {
    try (LiveSource source = open(MANAGED)) {
      LiveConnection connection = source.connect(null);
      x.sandbox.publish(100);
      List<Post> before = read(source, connection, coming(0, 100).size());
      x.sandbox.disconnectStreams();
      x.sandbox.publish(150); // nobody is there
      Post last = before.get(before.size() - 1);

      RecordSource search =
          Objects.requireNonNull(
              source.backfill(
                  new Hole(
                      Objects.requireNonNull(last.createdAt()),
                      x.clock.instant(),
                      new Position(last.id(), last.createdAt()),
                      "cut")));

      List<String> missed =
          coming(100, 250).stream()
              .filter(post -> post.kind() != Post.Kind.REPOST)
              .filter(
                  post ->
                      Objects.requireNonNull(post.createdAt())
                          .isBefore(x.clock.instant().minusSeconds(30)))
              .map(Post::id)
              .toList();
      assertThat(missed).isNotEmpty();
      assertThat(
              search
                  .records()
                  .filter(record -> record.recordKind() == RecordKind.POST)
                  .map(SocialRecord::id))
          .containsAll(missed);
      assertThat(
              open("x:sample")
                  .backfill(new Hole(x.clock.instant(), x.clock.instant(), null, "cut")))
          .isNull();
    }
  }

  @Test
  void theStreamEndsAtTheCapOfTheUser() throws Exception {
    SpendingCap cap = SpendingCap.builder().cap(Cap.parse("x posts=60/day")).build();
    try (LiveSource source = open(MANAGED, x.options.withSpending(cap));
        LiveConnection connection = source.connect(null)) {
      x.sandbox.publish(HELD_BACK);

      assertThatThrownBy(() -> read(source, connection, coming(0, HELD_BACK).size()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> source.connect(null))
          .isInstanceOfSatisfying(
              LiveRefusedException.class,
              e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.FINAL))
          .hasMessageContaining("x posts");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x:stream?rules=a, Unknown parameter 'rules'",
    "x:stream?manage=true, The rule is missing",
    "x:stream?rule=+, has from 1 to",
    "x:stream?rule=a&manage=yes, is true or false",
    "x:sample?rule=a, Unknown parameter 'rule'",
    "x:search?q=a, no live stream",
    "x:firehose, no live stream"
  })
  void whatIsNotDeclaredIsRefused(String uri, String said) {
    assertThatThrownBy(() -> open(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }
}
