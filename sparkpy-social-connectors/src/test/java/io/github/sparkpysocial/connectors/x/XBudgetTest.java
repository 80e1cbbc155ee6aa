package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.limit.Cap;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.limit.UsageCapException;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caps of the user hold against what the sandbox bills. */
class XBudgetTest {
  private static final Community COMMUNITY =
      Community.builder().seed(31).people(40).posts(700).build();

  @TempDir Path directory;
  private final XWorld x = XWorld.start(COMMUNITY, Sandbox.builder(COMMUNITY));

  @AfterEach
  void breaksNoRule() {
    x.close();
    assertThat(x.sandbox.violations()).isEmpty();
  }

  private SpendingCap cap(String... caps) {
    SpendingCap.Builder builder =
        SpendingCap.builder().file(directory.resolve("spending.json")).clock(x.clock);
    for (String cap : caps) {
      builder.cap(Cap.parse(cap));
    }
    return builder.build();
  }

  private XClient client(SpendingCap cap) {
    return XClient.open(x.options.withSpending(cap));
  }

  private static long left(SpendingCap cap, String what) {
    return cap.left(what, null);
  }

  @Test
  void pagesShrinkTowardsTheCapAndTheNextRunGoesOnWhereThisOneStopped()
      throws InterruptedException {
    SpendingCap cap = cap("x posts=150/day");
    RecordSource capped = client(cap).recentSearch("spark", null, null);
    List<String> ids = new ArrayList<>();
    PageRequest next = PageRequest.FIRST;
    UsageCapException reached = null;
    while (reached == null) {
      try {
        Page page = capped.fetch(next);
        add(ids, page);
        next = next.at(Objects.requireNonNull(page.nextCursor()));
      } catch (UsageCapException e) {
        reached = e;
      }
    }

    assertThat(reached).hasMessageContaining("posts");
    assertThat(ids).isNotEmpty();
    assertThat(Objects.requireNonNull(client(SpendingCap.NONE).usage(1).used()))
        .isLessThanOrEqualTo(150);
    assertThat(x.sandbox.requests())
        .filteredOn(request -> request.path().equals("/2/tweets/search/recent"))
        .extracting(request -> Integer.parseInt(request.query().get("max_results")))
        .isSortedAccordingTo((a, b) -> b - a)
        .startsWith(50)
        .allMatch(size -> size >= 10);

    RecordSource free = client(SpendingCap.NONE).recentSearch("spark", null, null);
    while (next != null) {
      Page page = free.fetch(next);
      add(ids, page);
      next = page.nextCursor() == null ? null : next.at(page.nextCursor());
    }
    List<String> all = new ArrayList<>();
    free.pages().forEach(page -> add(all, page));
    assertThat(ids).isEqualTo(all).doesNotHaveDuplicates();
  }

  private static void add(List<String> ids, Page page) {
    page.records().stream().filter(Post.class::isInstance).map(SocialRecord::id).forEach(ids::add);
  }

  @Test
  void theSamePostsAreCountedOnceADayAndAgainOnTheNext() throws InterruptedException {
    SpendingCap cap = cap("x posts=5000/month", "x users=5000/month");
    RecordSource search = client(cap).recentSearch("kafka", null, null);
    search.fetch(PageRequest.FIRST);
    long posts = left(cap, XBudget.POSTS);
    long users = left(cap, XBudget.USERS);

    search.fetch(PageRequest.FIRST);
    assertThat(left(cap, XBudget.POSTS)).isEqualTo(posts).isLessThan(5_000);
    assertThat(left(cap, XBudget.USERS)).isEqualTo(users).isLessThan(5_000);

    x.clock.advance(java.time.Duration.ofHours(13)); // past midnight UTC
    search.fetch(PageRequest.FIRST);
    assertThat(left(cap, XBudget.POSTS)).isLessThan(posts);
  }

  @Test
  void aCapInDollarsIsSharedByPostsAndAccounts() {
    SpendingCap cap = cap("x=1usd/month");
    RecordSource search = client(cap).recentSearch("spark", null, null);

    assertThatThrownBy(() -> search.pages().forEach(page -> {}))
        .isInstanceOf(UsageCapException.class);

    double spent =
        cap.spent().stream().mapToDouble(one -> one.ever().dollars().doubleValue()).sum();
    assertThat(spent).isPositive().isLessThanOrEqualTo(1.0);
  }

  @Test
  void whatXRefusesIsNotCounted() {
    SpendingCap cap = cap("x posts=1000/day", "x users=1000/day", "x counts=10/day");

    assertThatThrownBy(
            () -> client(cap).recentSearch("(spark", null, null).fetch(PageRequest.FIRST))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> client(cap).counts(XCounts.recent("(spark")).toList())
        .isInstanceOf(InvalidQueryException.class);

    assertThat(left(cap, XBudget.POSTS)).isEqualTo(1_000);
    assertThat(left(cap, XBudget.USERS)).isEqualTo(1_000);
    assertThat(left(cap, XBudget.COUNTS)).isEqualTo(10);
  }

  @Test
  void requestsForCountsAreCounted() {
    SpendingCap cap = cap("x counts=2/day");

    assertThat(client(cap).counts(XCounts.recent("spark"))).isNotEmpty();
    assertThat(client(cap).counts(XCounts.recent("kafka"))).isNotEmpty();

    assertThatThrownBy(() -> client(cap).counts(XCounts.recent("flink")).toList())
        .isInstanceOf(UsageCapException.class)
        .hasMessageContaining("x counts");
  }

  @Test
  void idsAreAskedForInPartsThatTheCapAllows() {
    SpendingCap cap = cap("x posts=90/day");
    List<String> ids = COMMUNITY.posts().map(Post::id).limit(120).toList();
    List<String> found = new ArrayList<>();

    assertThatThrownBy(
            () -> client(cap).postsById(ids).forEach(outcome -> found.add(outcome.asked())))
        .isInstanceOf(UsageCapException.class);

    assertThat(found).isEqualTo(ids.subList(0, found.size())).hasSizeGreaterThanOrEqualTo(30);
    assertThat(left(cap, XBudget.POSTS)).isBetween(0L, 3L);
  }
}
