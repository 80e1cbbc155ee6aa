package io.github.sparkpysocial.testkit.community;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommunityTest {
  private static final Community COMMUNITY = Community.builder().build();
  private static final List<Post> POSTS = COMMUNITY.posts().toList();

  // Determinism

  @Test
  void theSameSeedGivesTheSameCommunityWhateverLocaleAndZone() {
    String here = fingerprint(small(7));

    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String there;
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      there = fingerprint(small(7));
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }

    assertThat(there).isEqualTo(here);
  }

  @Test
  void anotherJvmMakesTheSameCommunity() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-Duser.timezone=Pacific/Auckland",
                "-Dfile.encoding=ISO-8859-1",
                "-Xint",
                "-cp",
                System.getProperty("java.class.path"),
                Fingerprint.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();

    assertThat(other.waitFor()).isZero();
    assertThat(printed).isEqualTo(fingerprint(small(7)));
  }

  @Test
  void anotherSeedGivesAnotherCommunity() {
    assertThat(fingerprint(small(8))).isNotEqualTo(fingerprint(small(7)));
  }

  @Test
  void aPostDoesNotDependOnThoseReadBefore() {
    Community fresh = Community.builder().build();

    assertThat(fresh.postAt(1_234)).isEqualTo(COMMUNITY.postAt(1_234));
  }

  @Test
  void aMillionPostsAreMadeWhenTheyAreRead() {
    Community big = Community.builder().posts(1_000_000).build();

    Iterator<Post> posts = big.posts().iterator();
    String first = posts.next().id();

    assertThat(first).isEqualTo(big.postAt(0).id());
    Post late = big.postAt(999_999);
    assertThat(big.topicOf(late.id())).isIn(big.topics());
    assertThat(Long.parseLong(late.id())).isGreaterThan(Long.parseLong(first));
  }

  // Posts

  @Test
  void postsAreInTheOrderOfTimeWithIdsThatDoublesCannotHold() {
    Instant earliest = COMMUNITY.now().minus(Duration.ofDays(7));
    Post before = null;
    for (Post post : POSTS) {
      Instant at = createdAt(post);
      assertThat(at).isBefore(COMMUNITY.now()).isAfter(earliest);
      assertThat(Long.parseLong(post.id())).isGreaterThan(1L << 53);
      if (before != null) {
        assertThat(Long.parseLong(post.id())).isGreaterThan(Long.parseLong(before.id()));
        assertThat(at).isAfterOrEqualTo(createdAt(before));
      }
      before = post;
    }
  }

  @Test
  void deletedPostsAreGoneAndHaveATombstone() {
    Set<String> deleted = COMMUNITY.deletedPostIds();

    assertThat(deleted).hasSizeBetween(10, 50);
    assertThat(POSTS).hasSize(COMMUNITY.writtenPosts() - deleted.size());
    assertThat(POSTS).noneMatch(post -> deleted.contains(post.id()));
    assertThat(deleted).allMatch(COMMUNITY::isDeleted).allMatch(id -> COMMUNITY.post(id).isEmpty());
    assertThat(COMMUNITY.tombstones().map(Tombstone::id)).containsExactlyElementsOf(deleted);
    assertThat(COMMUNITY.tombstones())
        .allSatisfy(
            stone -> assertThat(stone.deletedAt()).isBetween(Instant.EPOCH, COMMUNITY.now()));
  }

  @Test
  void everyReferenceLeadsToAnEarlierPostOnTheSameTopic() {
    Map<String, Post> all = everWritten();
    for (Post post : all.values()) {
      String target = target(post);
      if (post.kind() == Post.Kind.ORIGINAL) {
        assertThat(target).isNull();
        continue;
      }
      assertThat(target).isNotNull();
      Post other = Objects.requireNonNull(all.get(target), "the target of " + post.id());
      assertThat(createdAt(other)).isBefore(createdAt(post));
      assertThat(COMMUNITY.topicOf(other.id())).isEqualTo(COMMUNITY.topicOf(post.id()));
      assertThat(other.author().id()).isNotEqualTo(post.author().id());
      switch (post.kind()) {
        case REPLY -> {
          assertThat(post.inReplyToAuthorId()).isEqualTo(other.author().id());
          assertThat(post.conversationId()).isEqualTo(other.conversationId());
        }
        case REPOST -> {
          assertThat(post.text()).isEqualTo(other.text());
          assertThat(post.repostOfAuthorId()).isEqualTo(other.author().id());
          assertThat(COMMUNITY.isDeleted(other.id())).isFalse();
        }
        default -> assertThat(post.text()).isNotEqualTo(other.text());
      }
    }
  }

  @Test
  void allKindsOfPostOccur() {
    Map<Post.Kind, Long> kinds = POSTS.stream().collect(groupingBy(Post::kind, counting()));

    assertThat(kinds.keySet()).containsExactlyInAnyOrder(Post.Kind.values());
    assertThat(kinds.values()).allMatch(count -> count >= 40);
  }

  @Test
  void entitiesAreWhereTheTextHasThem() {
    Set<String> handles = new HashSet<>();
    COMMUNITY.accounts(Network.X).forEach(a -> handles.add(a.handle() + "=" + a.id()));
    int found = 0;
    for (Post post : POSTS) {
      int[] text = post.text().codePoints().toArray();
      for (Entities.Hashtag tag : post.entities().hashtags()) {
        assertThat(part(text, tag.start(), tag.end())).isEqualTo("#" + tag.text());
        found++;
      }
      for (Entities.Mention mention : post.entities().mentions()) {
        assertThat(part(text, mention.start(), mention.end())).isEqualTo("@" + mention.handle());
        assertThat(handles).contains(mention.handle() + "=" + mention.id());
        found++;
      }
      for (Entities.Url url : post.entities().urls()) {
        assertThat(part(text, url.start(), url.end())).isEqualTo(url.url());
        assertThat(url.expandedUrl()).startsWith("https://sparkling-labs.example/");
        found++;
      }
    }
    assertThat(found).isGreaterThan(POSTS.size());
  }

  @Test
  void theSearchQueryNamesSomethingThatEveryPostHas() {
    assertThat(POSTS)
        .allMatch(
            post ->
                post.entities().hashtags().stream()
                        .anyMatch(h -> h.text().matches("(?i)(apache|py)?spark"))
                    || post.text().matches("(?is).*\\bspark\\b.*"));
  }

  @Test
  void topicsAreOfUnequalSizeAndCanBeLearned() {
    List<String> labels = POSTS.stream().map(post -> COMMUNITY.topicOf(post.id())).toList();
    Map<String, Long> sizes = labels.stream().collect(groupingBy(l -> l, counting()));
    assertThat(sizes.keySet()).containsExactlyInAnyOrderElementsOf(COMMUNITY.topics());
    assertThat(sizes.get("streaming")).isGreaterThan(2 * sizes.getOrDefault("jobs", 0L));

    int[] clusters =
        new TopicLearner(POSTS.stream().map(Post::text).toList())
            .cluster(COMMUNITY.topics().size());

    assertThat(TopicLearner.nmi(labels, clusters)).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void textsAreManyAndSomeAreNearlyTheSame() {
    List<Post> own = POSTS.stream().filter(p -> p.kind() != Post.Kind.REPOST).toList();
    long distinct = own.stream().map(Post::text).distinct().count();
    assertThat(distinct).isGreaterThan((long) (own.size() * 0.97));

    List<Post> copies = own.stream().filter(p -> isCopy(p.id())).toList();

    assertThat(copies).hasSizeGreaterThan(20);
    assertThat(copies)
        .allSatisfy(
            copy -> {
              Post original =
                  COMMUNITY.post(COMMUNITY.nearDuplicateOf(copy.id()).orElseThrow()).orElseThrow();
              assertThat(copy.text()).isNotEqualTo(original.text());
              assertThat(words(copy.text())).containsAll(words(original.text()));
            });
  }

  private static boolean isCopy(String id) {
    return COMMUNITY.nearDuplicateOf(id).isPresent();
  }

  /** The words of a text without links, since a copy may have another one. */
  private static List<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.startsWith("https:")).toList();
  }

  @Test
  void peopleWriteSeveralLanguagesAndBothDirections() {
    Map<String, Long> languages =
        POSTS.stream().collect(groupingBy(p -> String.valueOf(p.language()), counting()));

    assertThat(languages.keySet())
        .containsExactlyInAnyOrder("en", "pt", "de", "fr", "es", "ja", "ar", "he");
    assertThat(languages.getOrDefault("en", 0L)).isGreaterThan(POSTS.size() / 2);
    assertThat(textsIn("ar")).anyMatch(t -> t.codePoints().anyMatch(CommunityTest::isRightToLeft));
    assertThat(textsIn("ja")).anyMatch(t -> t.codePoints().anyMatch(Character::isIdeographic));
  }

  private static Stream<String> textsIn(String language) {
    return POSTS.stream().filter(p -> language.equals(p.language())).map(Post::text);
  }

  private static boolean isRightToLeft(int codePoint) {
    return Character.getDirectionality(codePoint) == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  @Test
  void hostileTextsAreAmongPostsAndNames() {
    String all =
        String.join(
            "\n", Community.builder().posts(20_000).build().posts().map(Post::text).toList());

    assertThat(all).contains("<script>", "\"><img", "=cmd|", "\u2028", "\u202E", "DROP TABLE");
    assertThat(COMMUNITY.people()).anyMatch(p -> p.name().contains("<") || p.name().contains("="));
    assertThat(POSTS).anyMatch(p -> COMMUNITY.isHostile(p.id()));
  }

  @Test
  void somePostsAreLongerThanTheNetworkShows() {
    assertThat(POSTS).anyMatch(p -> p.text().codePointCount(0, p.text().length()) > 280);
  }

  @Test
  void fewWriteMuchAndManyLittle() {
    List<Ranked> authors = COMMUNITY.topAuthors(Integer.MAX_VALUE);
    long posts = authors.stream().mapToLong(Ranked::count).sum();
    long ofFirstTenth = authors.stream().limit(authors.size() / 10).mapToLong(Ranked::count).sum();

    assertThat(authors).hasSizeGreaterThan(200);
    assertThat((double) ofFirstTenth / posts).isBetween(0.35, 0.75);
  }

  @Test
  void likesHaveALongTail() {
    List<Long> likes =
        POSTS.stream()
            .filter(p -> p.kind() == Post.Kind.ORIGINAL)
            .map(p -> Objects.requireNonNull(p.engagement().likes()))
            .sorted()
            .toList();

    long median = likes.get(likes.size() / 2);
    long top = likes.get(likes.size() - 1);

    assertThat(top).isGreaterThan(20 * (median + 1));
  }

  @Test
  void peopleSleepAtNightAndRestAtWeekends() {
    Community big = Community.builder().posts(10_000).build();
    Map<Integer, Long> hours = new HashMap<>();
    Map<Boolean, Long> weekend = new HashMap<>();
    for (int i = 0; i < big.writtenPosts(); i++) {
      var time = createdAt(big.postAt(i)).atOffset(ZoneOffset.UTC);
      hours.merge(time.getHour(), 1L, Long::sum);
      weekend.merge(time.getDayOfWeek().getValue() >= 6, 1L, Long::sum);
    }

    assertThat(hours.getOrDefault(16, 0L)).isGreaterThan(3 * hours.getOrDefault(4, 0L));
    // Five working days against nearly two days of weekend.
    assertThat(weekend.getOrDefault(false, 0L) / 5.0)
        .isGreaterThan(1.5 * weekend.getOrDefault(true, 0L) / 2);
  }

  @Test
  void placesAreExactOrABoxAndLieInTheirCity() {
    Map<Place.Precision, Long> precisions =
        POSTS.stream()
            .map(Post::place)
            .filter(Objects::nonNull)
            .collect(groupingBy(Place::precision, counting()));

    assertThat(precisions.keySet())
        .containsExactlyInAnyOrder(Place.Precision.POINT, Place.Precision.BOX);
    assertThat(COMMUNITY.accounts(Network.X))
        .allMatch(a -> a.place() != null && a.place().precision() == Place.Precision.PROFILE);
    Set<String> countries = new HashSet<>();
    for (Post post : POSTS) {
      Place place = post.place();
      if (place != null) {
        countries.add(String.valueOf(place.countryCode()));
        var point = Objects.requireNonNull(place.point());
        var box = Objects.requireNonNull(place.box()).centre();
        assertThat(
                Math.hypot(point.latitude() - box.latitude(), point.longitude() - box.longitude()))
            .isLessThan(0.5);
      }
    }
    assertThat(countries).hasSizeGreaterThan(10);
  }

  @Test
  void anUnknownIdIsRefusedByName() {
    assertThat(COMMUNITY.post("123")).isEmpty();
    assertThat(COMMUNITY.post("99999999999999999999")).isEmpty();
    assertThat(COMMUNITY.post("x")).isEmpty();
    assertThatThrownBy(() -> COMMUNITY.topicOf("123"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No post of this community has the id 123");
  }

  // People

  @Test
  void everyAccountBelongsToOnePersonAndIdsAndHandlesAreUnique() {
    Set<String> keys = new HashSet<>();
    Set<String> handles = new HashSet<>();
    for (Account account : COMMUNITY.accounts()) {
      assertThat(keys.add(account.key().toString())).isTrue();
      if (account.handle() != null) {
        assertThat(handles.add(account.network() + ":" + account.handle())).isTrue();
      }
      Person person = COMMUNITY.personOf(account.network(), account.id()).orElseThrow();
      assertThat(person.on(account.network())).contains(account);
    }
    assertThat(COMMUNITY.accounts(Network.X))
        .allMatch(a -> String.valueOf(a.handle()).matches("[a-z0-9_]{1,15}"));
    assertThat(COMMUNITY.people()).anyMatch(person -> person.accounts().size() == 5);
    assertThat(COMMUNITY.personOf(Network.X, "nobody")).isEmpty();
  }

  // Code

  @Test
  void repositoriesAgreeWithTheirStarsAndCommits() {
    for (Repository repository : COMMUNITY.repositories()) {
      List<Interaction> stars = COMMUNITY.starsOf(repository.id());
      List<Interaction> commits = COMMUNITY.commitsTo(repository.id());
      assertThat(repository.stars()).isEqualTo(stars.size());
      assertThat(stars).extracting(Interaction::createdAt).isSorted();
      assertThat(stars).extracting(s -> s.actor().id()).doesNotHaveDuplicates();
      assertThat(commits)
          .extracting(Interaction::createdAt)
          .allMatch(at -> !at.isBefore(Objects.requireNonNull(repository.createdAt())));
      assertThat(commits).allMatch(c -> c.id().matches("[0-9a-f]{40}"));
      assertThat(
              COMMUNITY.contributionsTo(repository.id()).stream()
                  .mapToLong(c -> Objects.requireNonNull(c.count()))
                  .sum())
          .isEqualTo(commits.size());
      for (Interaction interaction : commits) {
        AccountRef actor = interaction.actor();
        assertThat(actor.id() == null || COMMUNITY.personOf(Network.GITHUB, actor.id()).isPresent())
            .isTrue();
      }
    }
    assertThat(COMMUNITY.repositories())
        .hasSize(12)
        .extracting(Repository::stars)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(COMMUNITY.repositories().stream().flatMap(r -> COMMUNITY.commitsTo(r.id()).stream()))
        .hasSize(1_500)
        .anyMatch(commit -> commit.actor().id() == null);
  }

  @Test
  void oneRepositoryIsEmptyAndOneWasRenamed() {
    assertThat(COMMUNITY.repositories())
        .filteredOn(r -> COMMUNITY.commitsTo(r.id()).isEmpty())
        .singleElement()
        .satisfies(r -> assertThat(r.languages()).isEmpty());
    assertThat(COMMUNITY.renamedRepositories()).hasSize(1);
    assertThat(COMMUNITY.repositories())
        .extracting(Repository::fullName)
        .containsAll(COMMUNITY.renamedRepositories().values())
        .doesNotContainAnyElementsOf(COMMUNITY.renamedRepositories().keySet());
  }

  // Meetings

  @Test
  void eventsArePastOrUpcomingAsSeenFromNow() {
    Map<String, Group> groups =
        COMMUNITY.groups().stream().collect(toMap(Group::id, Function.identity()));
    assertThat(COMMUNITY.events()).hasSize(48);
    for (Event event : COMMUNITY.events()) {
      Instant starts = Objects.requireNonNull(event.startsAt());
      assertThat(groups).containsKey(String.valueOf(event.groupId()));
      switch (event.status()) {
        case PAST -> assertThat(starts).isBefore(COMMUNITY.now());
        case UPCOMING -> assertThat(starts).isAfter(COMMUNITY.now());
        default -> assertThat(event.status()).isEqualTo(Event.Status.CANCELLED);
      }
      assertThat(event.createdAt()).isBefore(starts).isBeforeOrEqualTo(COMMUNITY.now());
    }
    assertThat(COMMUNITY.events().stream().collect(groupingBy(Event::status, counting())))
        .hasEntrySatisfying(Event.Status.UPCOMING, n -> assertThat(n).isBetween(4L, 15L))
        .hasEntrySatisfying(Event.Status.PAST, n -> assertThat(n).isGreaterThan(25));
  }

  @Test
  void whoHostsOrAnswersBelongsToTheGroup() {
    for (Event event : COMMUNITY.events()) {
      List<String> members =
          COMMUNITY.membershipsOf(String.valueOf(event.groupId())).stream()
              .map(m -> String.valueOf(m.actor().id()))
              .toList();
      List<Interaction> answers = COMMUNITY.rsvpsTo(event.id());
      assertThat(event.hosts()).isNotEmpty().allMatch(host -> members.contains(host.id()));
      assertThat(answers).allMatch(answer -> members.contains(answer.actor().id()));
      assertThat(answers).extracting(Interaction::id).doesNotHaveDuplicates();
      assertThat(answers).extracting(Interaction::createdAt).isSorted();
      assertThat(event.attendees())
          .isEqualTo(
              answers.stream()
                  .filter(a -> "YES".equals(a.status()) || "ATTENDED".equals(a.status()))
                  .count());
    }
    assertThat(COMMUNITY.groups())
        .allSatisfy(
            group ->
                assertThat(COMMUNITY.membershipsOf(group.id()))
                    .hasSize(Math.toIntExact(Objects.requireNonNull(group.members()))));
  }

  // The truth

  @Test
  void theBusiestAreThoseOneFindsByCounting() {
    assertThat(COMMUNITY.topAuthors(5))
        .isEqualTo(
            counted(
                POSTS.stream().filter(post -> post.kind() != Post.Kind.REPOST).map(Post::author)));
    assertThat(COMMUNITY.topCommitters(5))
        .isEqualTo(
            counted(
                COMMUNITY.repositories().stream()
                    .flatMap(r -> COMMUNITY.commitsTo(r.id()).stream())
                    .map(Interaction::actor)));
    assertThat(COMMUNITY.topHosts(5))
        .isEqualTo(counted(COMMUNITY.events().stream().flatMap(e -> e.hosts().stream())));
  }

  private static List<Ranked> counted(Stream<AccountRef> accounts) {
    return accounts.collect(groupingBy(a -> a, counting())).entrySet().stream()
        .map(entry -> new Ranked(entry.getKey(), entry.getValue()))
        .sorted(
            (a, b) ->
                a.count() != b.count()
                    ? Long.compare(b.count(), a.count())
                    : a.account().label().compareTo(b.account().label()))
        .limit(5)
        .toList();
  }

  @Test
  void interactionsHaveUniqueIdsAndAllTypesThatTheNetworksTell() {
    List<Interaction> all = COMMUNITY.interactions().toList();

    assertThat(all).extracting(Interaction::key).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(Interaction::type)
        .contains(
            Interaction.Type.STAR,
            Interaction.Type.COMMIT,
            Interaction.Type.CONTRIBUTION,
            Interaction.Type.RSVP,
            Interaction.Type.HOST,
            Interaction.Type.MEMBERSHIP,
            Interaction.Type.REPLY,
            Interaction.Type.MENTION,
            Interaction.Type.REPOST,
            Interaction.Type.QUOTE);
  }

  @Test
  void theSmallestCommunityHasAPlaceForEverything() {
    Community least =
        Community.builder()
            .posts(0)
            .people(3)
            .repositories(3)
            .commits(0)
            .groups(1)
            .events(0)
            .build();

    assertThat(least.posts()).isEmpty();
    assertThat(least.topAuthors(3)).isEmpty();
    assertThat(least.people()).allMatch(person -> person.accounts().size() == 5);
    assertThat(least.groups()).hasSize(1);
    assertThat(least.repositories()).hasSize(3);
  }

  @Test
  void sizesOutOfRangeAreRefusedByName() {
    assertThatThrownBy(() -> Community.builder().people(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("people must be from 3 to 1000000, was 2");
  }

  // Help

  private static Community small(long seed) {
    return Community.builder().seed(seed).posts(400).people(80).commits(200).build();
  }

  private static Map<String, Post> everWritten() {
    Map<String, Post> all = new LinkedHashMap<>();
    for (int i = 0; i < COMMUNITY.writtenPosts(); i++) {
      Post post = COMMUNITY.postAt(i);
      all.put(post.id(), post);
    }
    return all;
  }

  private static @Nullable String target(Post post) {
    return post.inReplyToId() != null
        ? post.inReplyToId()
        : post.repostOfId() != null ? post.repostOfId() : post.quoteOfId();
  }

  private static Instant createdAt(Post post) {
    return Objects.requireNonNull(post.createdAt());
  }

  private static String part(int[] codePoints, int start, int end) {
    return new String(codePoints, start, end - start);
  }

  private static String fingerprint(Community community) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream.<Stream<? extends SocialRecord>>of(
              community.posts(),
              community.posts(Network.MASTODON),
              community.posts(Network.BLUESKY),
              community.tombstones(),
              community.accounts().stream(),
              community.repositories().stream(),
              community.groups().stream(),
              community.events().stream(),
              community.interactions())
          .flatMap(stream -> stream)
          .forEach(r -> digest.update(r.toString().getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Prints the fingerprint of a community, in a JVM of its own. */
  static final class Fingerprint {
    private Fingerprint() {}

    public static void main(String[] args) throws IOException {
      System.out.write(fingerprint(small(7)).getBytes(StandardCharsets.US_ASCII));
      System.out.flush();
    }
  }
}
