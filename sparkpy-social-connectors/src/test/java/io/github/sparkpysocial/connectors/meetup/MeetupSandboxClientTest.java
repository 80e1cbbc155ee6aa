package io.github.sparkpysocial.connectors.meetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client and its tokens against the sandbox, over HTTP. */
@NullUnmarked // what is unknown here would be a failure
class MeetupSandboxClientTest {
  private static final Community COMMUNITY =
      Community.builder().seed(11).people(80).posts(0).groups(6).events(90).build();
  private static final Group GROUP = COMMUNITY.groups().get(0);

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start();

  @AfterEach
  void breaksNoLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  private SourceOptions options(Map<String, String> environment) {
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    return new SourceOptions(environment, clock).withLimits(RateLimits.create(timing));
  }

  private MeetupClient client() {
    return MeetupClient.open(options(sandbox.environment()));
  }

  private List<String> ids(String uri) {
    return Places.openSource(PlaceUri.parse(uri), options(sandbox.environment()))
        .records()
        .filter(r -> r instanceof Event || r instanceof Group)
        .map(SocialRecord::id)
        .toList();
  }

  private static List<String> events(java.util.function.Predicate<Event> wanted) {
    return COMMUNITY.events().stream().filter(wanted).map(Event::id).toList();
  }

  private static boolean ofTheGroup(Event event) {
    return GROUP.id().equals(event.groupId());
  }

  @Test
  void eventsAreSelectedByStatusAndTime() {
    String place = "meetup:" + GROUP.handle() + "/events";
    Instant half = COMMUNITY.now().minus(Duration.ofDays(60));

    assertThat(ids(place)).containsExactlyInAnyOrderElementsOf(events(e -> ofTheGroup(e)));
    for (Event.Status status :
        List.of(Event.Status.PAST, Event.Status.UPCOMING, Event.Status.CANCELLED)) {
      assertThat(ids(place + "?status=" + status.name().toLowerCase(java.util.Locale.ROOT)))
          .isEqualTo(events(e -> ofTheGroup(e) && e.status() == status));
    }
    assertThat(ids(place + "?since=" + half + "&until=" + COMMUNITY.now()))
        .isEqualTo(
            events(
                e ->
                    ofTheGroup(e)
                        && e.startsAt().isAfter(half)
                        && e.startsAt().isBefore(COMMUNITY.now())))
        .isNotEmpty();
  }

  @Test
  void searchesFindWhatIsNearAndNothingElse() {
    GeoPoint centre = point(GROUP.place());
    MeetupClient client = client();

    assertThat(client.searchGroups("a", centre, 1).map(Group::id)).contains(GROUP.id());
    assertThat(client.searchGroups("a", centre, 20_000).map(Group::id))
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.groups().stream()
                .filter(
                    g ->
                        (g.name() + g.description() + g.topics())
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains("a"))
                .map(Group::id)
                .toList());
    assertThat(client.searchGroups("zzz-no-such-word", centre, 20_000)).isEmpty();

    List<Event> found = client.searchEvents("e", centre, 20_000).toList();
    assertThat(found)
        .extracting(Event::id)
        .containsExactlyInAnyOrderElementsOf(
            events(
                e ->
                    e.startsAt().isAfter(COMMUNITY.now()) && e.status() != Event.Status.CANCELLED));
    assertThat(found)
        .allSatisfy(event -> assertThat(event.groupId()).isNotNull())
        .allSatisfy(event -> assertThat(event.timezone()).isNotNull());
    assertThat(
            ids(
                "meetup:events?q=e&lat="
                    + centre.latitude()
                    + "&lon="
                    + centre.longitude()
                    + "&radius=20000&start=2020-01-01&end="
                    + COMMUNITY.now()))
        .containsExactlyInAnyOrderElementsOf(
            events(
                e ->
                    e.startsAt().isBefore(COMMUNITY.now())
                        && e.status() != Event.Status.CANCELLED));
  }

  private static GeoPoint point(Place place) {
    return place.point();
  }

  @Test
  void theGroupsOfAMemberAreAllOfThem() {
    Interaction membership =
        COMMUNITY.groups().stream()
            .flatMap(g -> COMMUNITY.membershipsOf(g.id()).stream())
            .filter(m -> groupsOf(m.actor().id()).size() > 1)
            .findFirst()
            .orElseThrow();
    Group one =
        COMMUNITY.groups().stream()
            .filter(g -> g.id().equals(membership.targetId()))
            .findFirst()
            .orElseThrow();
    MeetupClient client = client();

    assertThat(client.groupsOf(one.handle(), membership.actor().id()).map(Group::id))
        .containsExactlyInAnyOrderElementsOf(groupsOf(membership.actor().id()));
    assertThat(client.ownGroups().map(Group::id))
        .containsExactlyInAnyOrderElementsOf(groupsOf(GROUP.organizer().id()));
    assertThatThrownBy(() -> client.groupsOf(one.handle(), "1").toList())
        .hasMessageContaining("no member 1 in it");
  }

  private static List<String> groupsOf(String member) {
    return COMMUNITY.groups().stream()
        .filter(
            g ->
                COMMUNITY.membershipsOf(g.id()).stream()
                    .anyMatch(m -> member.equals(m.actor().id())))
        .map(Group::id)
        .toList();
  }

  @Test
  void theTypedClientIsLazyAndSpeaksOfGroups() {
    MeetupClient client = client();

    assertThat(client.group(GROUP.handle()).name()).isEqualTo(GROUP.name());
    assertThat(client.members(GROUP.handle()).map(m -> m.actor().id()))
        .hasSize(COMMUNITY.membershipsOf(GROUP.id()).size());
    assertThat(client.events(GROUP.handle(), MeetupClient.EventState.PAST))
        .allMatch(e -> e.status() == Event.Status.PAST);
    int before = sandbox.requests().size();
    try (Stream<Interaction> rsvps = client.rsvps(GROUP.handle())) {
      assertThat(rsvps.limit(1)).hasSize(1);
    }
    assertThat(sandbox.requests()).hasSize(before + 1);
  }

  // Tokens

  private Map<String, String> oauth(Path file) {
    Map<String, String> environment = new HashMap<>(sandbox.environmentWithOAuth());
    if (file != null) {
      environment.put("MEETUP_TOKEN_FILE", file.toString());
    }
    return environment;
  }

  private void ask(Map<String, String> environment) throws InterruptedException {
    assertThat(
            Places.openSource(PlaceUri.parse("meetup:" + GROUP.handle()), options(environment))
                .fetch(PageRequest.FIRST)
                .records())
        .hasSize(1);
  }

  private long renewals() {
    return sandbox.requests().stream().filter(r -> r.path().equals("/oauth2/access")).count();
  }

  @Test
  void anExpiredTokenIsRenewedWithEachNextRefreshToken() throws InterruptedException {
    for (int hour = 0; hour < 4; hour++) {
      ask(oauth(null));
      ask(oauth(null));
      clock.advance(Duration.ofMinutes(61));
    }

    assertThat(renewals()).isEqualTo(4);
    assertThat(sandbox.requests())
        .filteredOn(r -> r.path().equals("/gql-ext"))
        .extracting(RecordedRequest::status)
        .containsExactly(200, 200, 401, 200, 200, 401, 200, 200, 401, 200, 200);
    assertThat(sandbox.requests()).allMatch(r -> r.query().isEmpty());
  }

  @Test
  void manyThreadsShareOneRenewal() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Void> ask =
          () -> {
            ask(oauth(null));
            return null;
          };
      for (Future<Void> done :
          threads.invokeAll(IntStream.range(0, 24).mapToObj(i -> ask).toList())) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(renewals()).isEqualTo(1);
  }

  @Test
  void aTokenThatIsRevokedInTheMiddleIsRenewed() throws InterruptedException {
    ask(oauth(null));
    sandbox.next("/gql-ext", Fault.expiredToken());

    ask(oauth(null));

    assertThat(renewals()).isEqualTo(2);
  }

  @Test
  void theNextRefreshTokenIsKeptForTheNextRunForItsOwnerAlone() throws Exception {
    Path file = directory.resolve("meetup-tokens.json");
    ask(oauth(file));
    String kept = Files.readString(file);

    assertThat(kept).contains("sandbox-refresh-1").contains("sandbox-access-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    // Another process begins with the credentials of the environment, as this copy of the path
    // does.
    Path sameFile = directory.resolve("link.json");
    Files.createSymbolicLink(sameFile, file);
    ask(oauth(sameFile));
    assertThat(renewals()).isEqualTo(1); // it found the access token, too

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Path thirdName = directory.resolve("third.json");
    Files.createSymbolicLink(thirdName, file);
    assertThatThrownBy(() -> ask(oauth(thirdName)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aRefreshTokenThatIsSpentIsToldWithTheRemedyAndWithoutItsValue() throws Exception {
    ask(oauth(null)); // spends sandbox-refresh
    Path file = directory.resolve("fresh.json");

    assertThatThrownBy(() -> ask(oauth(file)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("invalid_grant")
        .hasMessageContaining("https://secure.meetup.com/oauth2/authorize")
        .hasMessageContaining("MEETUP_REFRESH_TOKEN")
        .hasMessageNotContaining("sandbox-refresh")
        .hasMessageNotContaining("sandbox-secret");
    assertThat(file).doesNotExist();
  }

  @Test
  void aWrongClientIsToldWhatToCheck() {
    Map<String, String> environment = oauth(null);
    environment.put("MEETUP_CLIENT_SECRET", "sandbox-wrong");

    assertThatThrownBy(() -> ask(environment))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("invalid_client")
        .hasMessageContaining("MEETUP_CLIENT_SECRET");
  }

  @Test
  void aTokenServerThatFailsIsAskedAgain() throws InterruptedException {
    sandbox.next("/oauth2/access", Fault.status(503), Fault.status(429));

    ask(oauth(directory.resolve("tokens.json")));
  }

  @Test
  void realCredentialsNeverGoToASandbox() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(sandbox.environment());
    environment.put("MEETUP_CLIENT_ID", "a-real-client");
    environment.put("MEETUP_CLIENT_SECRET", "a-real-secret");
    environment.put("MEETUP_REFRESH_TOKEN", "a-real-refresh-token");

    ask(environment);

    assertThat(renewals()).isZero();
  }
}
