package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.connectors.x.XCounts.Granularity;
import io.github.sparkpysocial.connectors.x.XOutcome.Status;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.community.Ranked;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.sandbox.XDialect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of X's client, over HTTP against the sandbox. */
class XClientTest {
  /** 60 days of posts, so that the archive has more than the recent search. */
  private static final Community COMMUNITY =
      Community.builder().seed(5).people(60).posts(1_500).postSpan(Duration.ofDays(60)).build();

  private static final List<Ranked> AUTHORS = COMMUNITY.topAuthors(4);
  private static final String AUTHOR = AUTHORS.get(0).account().label();
  private static final String SUSPENDED = AUTHORS.get(1).account().label();
  private static final String HIDDEN = AUTHORS.get(2).account().label();

  private XWorld x = XWorld.start(COMMUNITY, Sandbox.builder(COMMUNITY));

  @AfterEach
  void breaksNoRule() {
    x.close();
    assertThat(x.sandbox.violations()).isEmpty();
  }

  private void restart(Sandbox.Builder builder) {
    x.close();
    x = XWorld.start(COMMUNITY, builder);
  }

  private XClient client() {
    return XClient.open(x.options);
  }

  private static List<String> ids(RecordSource source) {
    return source
        .records()
        .filter(record -> record.recordKind() == RecordKind.POST)
        .map(SocialRecord::id)
        .toList();
  }

  /** Returns the ids of visible posts that fulfil a test, newest first. */
  private static List<String> truth(Predicate<Post> test) {
    List<String> ids = new ArrayList<>(COMMUNITY.posts().filter(test).map(Post::id).toList());
    Collections.reverse(ids);
    return ids;
  }

  private static Instant at(Post post) {
    return Objects.requireNonNull(post.createdAt());
  }

  @ParameterizedTest
  @EnumSource(XDialect.class)
  void theArchiveBringsEveryPostOfAllTimeOneSearchASecond(XDialect dialect) {
    restart(Sandbox.builder(COMMUNITY).xDialect(dialect));

    List<String> found = ids(client().fullSearch(COMMUNITY.searchQuery(), null, null));

    Instant end = COMMUNITY.now().minusSeconds(30);
    assertThat(found)
        .isEqualTo(truth(p -> p.kind() != Post.Kind.REPOST && at(p).isBefore(end)))
        .hasSizeGreaterThan(500);
    assertThat(x.waits)
        .isNotEmpty()
        .allMatch(w -> w.duration().compareTo(Duration.ofSeconds(2)) < 0);
    assertThat(x.sandbox.requests())
        .allSatisfy(request -> assertThat(request.path()).isEqualTo("/2/tweets/search/all"))
        .filteredOn(request -> request.status() == 200)
        .allSatisfy(
            request ->
                assertThat(request.query())
                    .containsEntry("max_results", "500")
                    .containsEntry("start_time", "2006-03-21T00:00:00Z"));
  }

  @Test
  void theWindowOfFifteenMinutesHoldsBesideThatOfASecond() {
    restart(Sandbox.builder(COMMUNITY).limits(Limits.ofTheNetworks().withXFullSearch(2)));

    RecordSource archive =
        x.open(
            "x:search?archive=true&q="
                + COMMUNITY.searchQuery().replace(" ", "+").replace("#", "%23"));
    assertThat(archive.profile().pageSize()).isEqualTo(500);
    assertThat(archive.horizon()).isNull();
    long posts = ids(archive).size();

    assertThat(posts).isGreaterThan(500);
    assertThat(x.waits)
        .extracting(LimitWait::duration)
        .anyMatch(wait -> wait.compareTo(Duration.ofMinutes(10)) > 0);
  }

  @Test
  void theRecentSearchShowsSevenDaysOfThem() {
    List<String> found = ids(client().recentSearch(COMMUNITY.searchQuery(), null, null));

    Instant start = COMMUNITY.now().minus(Duration.ofDays(7));
    Instant end = COMMUNITY.now().minusSeconds(30);
    assertThat(found)
        .isEqualTo(
            truth(
                p ->
                    p.kind() != Post.Kind.REPOST && !at(p).isBefore(start) && at(p).isBefore(end)));
  }

  @ParameterizedTest
  @EnumSource(XDialect.class)
  void countsAddUpToWhatASearchFinds(XDialect dialect) {
    restart(Sandbox.builder(COMMUNITY).xDialect(dialect));
    XCounts recent = XCounts.recent("spark");

    List<XCounts.Bucket> hours = client().counts(recent).toList();
    List<XCounts.Bucket> days = client().counts(recent.by(Granularity.DAY)).toList();
    List<XCounts.Bucket> all =
        client()
            .counts(
                XCounts.archive("spark").between(COMMUNITY.now().minus(Duration.ofDays(61)), null))
            .toList();

    long found = ids(client().recentSearch("spark", null, null)).size();
    assertThat(found).isPositive();
    assertThat(hours).hasSizeBetween(168, 169);
    assertThat(days).hasSizeBetween(7, 8);
    assertThat(hours.stream().mapToLong(XCounts.Bucket::posts).sum()).isEqualTo(found);
    assertThat(days.stream().mapToLong(XCounts.Bucket::posts).sum()).isEqualTo(found);
    assertThat(all.stream().mapToLong(XCounts.Bucket::posts).sum())
        .isEqualTo(ids(client().fullSearch("spark", null, null)).size())
        .isGreaterThan(found);
    assertThat(all).hasSizeBetween(61, 64); // two pages of 31 days
    assertThat(hours)
        .allSatisfy(hour -> assertThat(Duration.between(hour.start(), hour.end())).isPositive());
  }

  @ParameterizedTest
  @EnumSource(XDialect.class)
  void aTimelineHasWhatTheAccountPosted(XDialect dialect) {
    restart(Sandbox.builder(COMMUNITY).xDialect(dialect));

    assertThat(ids(client().userPosts("@" + AUTHOR)))
        .isEqualTo(truth(p -> AUTHOR.equals(p.author().handle())))
        .hasSizeGreaterThan(20);
    assertThat(ids(x.open("x:user/" + AUTHOR + "/posts?exclude=replies,retweets")))
        .isEqualTo(
            truth(
                p ->
                    AUTHOR.equals(p.author().handle())
                        && p.kind() != Post.Kind.REPLY
                        && p.kind() != Post.Kind.REPOST));
  }

  @Test
  void aTimelineGoesOnAfterAKnownPostAndInAnotherProcess() throws InterruptedException {
    RecordSource first = x.open("x:user/" + AUTHOR + "/posts");
    Page page = first.fetch(PageRequest.FIRST.atMost(7));
    long before = x.sandbox.requests().size();

    Page second =
        x.open("x:user/" + AUTHOR + "/posts")
            .fetch(PageRequest.FIRST.at(Objects.requireNonNull(page.nextCursor())));

    assertThat(x.sandbox.requests()).hasSize((int) before + 1); // the id was in the cursor
    List<String> all = truth(p -> AUTHOR.equals(p.author().handle()));
    assertThat(posts(page)).isEqualTo(all.subList(0, 7));
    assertThat(posts(second)).isEqualTo(all.subList(7, Math.min(all.size(), 107)));
    Page newer =
        first.fetch(
            new PageRequest(
                Objects.requireNonNull(page.oldest()),
                Objects.requireNonNull(page.newest()),
                null));
    assertThat(posts(newer)).isEqualTo(all.subList(1, 6));
  }

  private static List<String> posts(Page page) {
    return page.records().stream().filter(Post.class::isInstance).map(SocialRecord::id).toList();
  }

  @Test
  void whoIsGoneSuspendedOrProtectedIsNamed() {
    restart(Sandbox.builder(COMMUNITY).xSuspended(SUSPENDED).xProtected(HIDDEN));

    assertThatThrownBy(() -> ids(client().userPosts("nobody_at_all")))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("there is no such account");
    assertThatThrownBy(() -> ids(client().userPosts(SUSPENDED)))
        .hasMessageContaining("the account is suspended");
    assertThatThrownBy(() -> ids(client().userPosts(HIDDEN)))
        .hasMessageContaining("to its followers only");
  }

  @ParameterizedTest
  @EnumSource(XDialect.class)
  void everyNameHasAnOutcome(XDialect dialect) throws InterruptedException {
    restart(Sandbox.builder(COMMUNITY).xDialect(dialect).xSuspended(SUSPENDED));
    String shouted = AUTHOR.toUpperCase(Locale.ROOT);
    List<String> names = List.of(shouted, "nobody_at_all", SUSPENDED, HIDDEN);

    List<XOutcome<Account>> outcomes = client().usersByName(names).toList();

    assertThat(outcomes)
        .extracting(XOutcome::asked, XOutcome::status)
        .containsExactly(
            tuple(shouted, Status.FOUND),
            tuple("nobody_at_all", Status.DELETED),
            tuple(SUSPENDED, Status.SUSPENDED),
            tuple(HIDDEN, Status.FOUND));
    Account account = Objects.requireNonNull(outcomes.get(0).record());
    Account truth =
        COMMUNITY.accounts(Network.X).stream()
            .filter(a -> AUTHOR.equals(a.handle()))
            .findFirst()
            .orElseThrow();
    assertThat(account.id()).isEqualTo(truth.id());
    assertThat(account.followers()).isEqualTo(truth.followers());
    assertThat(account.createdAt()).isEqualTo(truth.createdAt());

    Page page = x.open("x:users?names=" + String.join(",", names)).fetch(PageRequest.FIRST);
    assertThat(page.records()).hasSize(2).allMatch(r -> r.recordKind() == RecordKind.ACCOUNT);
    assertThat(page.rejected())
        .extracting(rejected -> rejected.reason())
        .containsExactlyInAnyOrder(
            "X withholds user nobody_at_all (deleted): Not Found Error",
            "X withholds user " + SUSPENDED + " (suspended): Forbidden");
  }

  @Test
  void moreThanAHundredNamesAreAskedForInParts() {
    List<String> names = IntStream.range(0, 230).mapToObj(i -> "someone_" + i).toList();

    assertThat(client().usersByName(names).toList())
        .hasSize(230)
        .allMatch(outcome -> outcome.status() == Status.DELETED);
    assertThat(x.sandbox.requests()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(XDialect.class)
  void everyIdHasAnOutcome(XDialect dialect) {
    restart(Sandbox.builder(COMMUNITY).xDialect(dialect).xSuspended(SUSPENDED).xProtected(HIDDEN));
    String there = truth(p -> AUTHOR.equals(p.author().handle())).get(0);
    String shut = truth(p -> SUSPENDED.equals(p.author().handle())).get(0);
    String hidden = truth(p -> HIDDEN.equals(p.author().handle())).get(0);
    String deleted = COMMUNITY.deletedPostIds().iterator().next();

    assertThat(client().postsById(List.of(there, deleted, shut, hidden, "7")).toList())
        .extracting(XOutcome::asked, XOutcome::status)
        .containsExactly(
            tuple(there, Status.FOUND),
            tuple(deleted, Status.DELETED),
            tuple(shut, Status.SUSPENDED),
            tuple(hidden, Status.PROTECTED),
            tuple("7", Status.DELETED));
  }

  @Test
  void rulesAreAddedListedAndDeletedWithAnOutcomeForEach() throws InterruptedException {
    XRules rules = client().rules();
    XRules.Rule spark = new XRules.Rule(null, "spark lang:en", "english");
    assertThat(rules.list()).isEmpty();

    assertThat(rules.tryOut(List.of(spark, XRules.Rule.of("(spark"))))
        .extracting(XRules.Outcome::result)
        .containsExactly(XRules.Result.CREATED, XRules.Result.INVALID);
    assertThat(rules.list()).isEmpty();

    List<XRules.Outcome> outcomes =
        rules.add(
            List.of(
                spark,
                XRules.Rule.of("spark sample:10"),
                XRules.Rule.of("lang:en"),
                XRules.Rule.of("kafka")));
    assertThat(outcomes)
        .extracting(XRules.Outcome::result)
        .containsExactly(
            XRules.Result.CREATED,
            XRules.Result.CREATED,
            XRules.Result.INVALID,
            XRules.Result.CREATED);
    assertThat(outcomes.get(2).said()).contains("standalone operator");
    assertThat(rules.add(List.of(spark)))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.result()).isEqualTo(XRules.Result.DUPLICATE);
              assertThat(outcome.rule().id()).isEqualTo(outcomes.get(0).rule().id());
            });
    assertThat(rules.list())
        .extracting(XRules.Rule::value, XRules.Rule::tag)
        .containsExactly(
            tuple("spark lang:en", "english"),
            tuple("spark sample:10", null),
            tuple("kafka", null));
    assertThat(rules.room()).isEqualTo(new XRules.Room(3, 1_000));

    assertThat(rules.delete(List.of(outcomes.get(1).rule(), new XRules.Rule("99", "never", null))))
        .extracting(XRules.Outcome::result)
        .containsExactly(XRules.Result.DELETED, XRules.Result.REFUSED);
    assertThat(rules.list()).hasSize(2);
  }

  @Test
  void moreRulesThanTheAppMayHaveAreNotAdded() throws InterruptedException {
    List<XRules.Rule> many =
        IntStream.range(0, 1_001).mapToObj(i -> XRules.Rule.of("spark word" + i)).toList();

    List<XRules.Outcome> outcomes = client().rules().add(many);

    assertThat(outcomes.subList(0, 1_000))
        .allMatch(outcome -> outcome.result() == XRules.Result.CREATED);
    assertThat(outcomes.get(1_000).result()).isEqualTo(XRules.Result.CAP_REACHED);
    assertThat(outcomes.get(1_000).said()).contains("1000 rules");
    assertThat(client().rules().list()).hasSize(1_000);
  }

  @Test
  void usageTellsWhatWasRead() throws InterruptedException {
    long read =
        client().recentSearch("spark", null, null).records().filter(Post.class::isInstance).count();
    ids(client().recentSearch("spark", null, null)); // the same posts again are not billed again

    XUsage usage = client().usage(3);

    assertThat(usage.used()).isEqualTo(read);
    assertThat(usage.cap()).isEqualTo(3_000_000);
    assertThat(usage.left()).isEqualTo(3_000_000 - read);
    assertThat(usage.days()).hasSize(3);
    assertThat(usage.days().get(2).posts()).isEqualTo(read);
    assertThatThrownBy(() -> client().usage(91)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyFieldThatIsAskedForIsTakenInBothDialects() {
    for (XDialect dialect : XDialect.values()) {
      restart(Sandbox.builder(COMMUNITY).xDialect(dialect));
      ids(client().recentSearch("spark", null, null));

      assertThat(x.sandbox.requests())
          .filteredOn(request -> request.status() == 400)
          .hasSize(dialect == XDialect.TWEET ? 0 : 1); // found out once
    }
  }

  @Test
  void errorsOfTheServerAreTriedAgainOnEveryCall() throws InterruptedException {
    for (String path : List.of("/2/users", "/2/usage", "/2/tweets/counts")) {
      x.sandbox.next(path, Fault.status(503), Fault.closeConnection());
    }

    assertThat(client().usersByName(List.of(AUTHOR)).toList()).hasSize(1);
    assertThat(client().counts(XCounts.recent("spark")).count()).isPositive();
    assertThat(client().usage(1).used()).isZero();
    assertThat(x.sandbox.requests()).extracting(RecordedRequest::network).containsOnly(Network.X);
  }

  @Test
  void namesAndIdsThatCannotBeAreRefusedBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> client().postsById(List.of("x1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This is no id of a post on X: x1");
    assertThatThrownBy(() -> client().usersByName(List.of("a b")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client().userPosts("much_too_long_name"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client().recentSearch(" ", null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(x.sandbox.requests()).isEmpty();
  }
}
