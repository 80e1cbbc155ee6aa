package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.community.Ranked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job once, in this process, and its dashboard compared with what is known. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class RunIT {
  private static final long SEED = 7;
  private static final int POSTS = 800;

  @TempDir private static Path out;
  private static Community truth;
  private static Ran ran;
  private static String page;

  @BeforeAll
  static void run() throws IOException {
    truth =
        Community.builder()
            .seed(SEED)
            .posts(POSTS)
            .mastodonPosts(POSTS / 5)
            .blueskyPosts(POSTS / 5)
            .build();
    ran = sparkpy("run", "--out", out, "--seed", SEED, "--posts", POSTS, "--json").endsWith(0);
    page = Files.readString(out.resolve("index.html"));
  }

  @Test
  void theResultIsTheLastLineAndNamesWhatWasMade() {
    assertThat(ran.outLines()).hasSize(1);
    assertThat(ran.json().fieldNames())
        .toIterable()
        .contains("harvested", "stored", "clusters", "figures", "seconds");
    List<Path> figures = new ArrayList<>();
    ran.json().get("figures").forEach(figure -> figures.add(Path.of(figure.asText())));
    assertThat(figures).contains(out.resolve("index.html"), out.resolve("wordcloud.png"));
    assertThat(figures).allSatisfy(figure -> assertThat(figure).isNotEmptyFile());
    assertThat(out.resolve(QuarantineOption.FILE_NAME)).doesNotExist();
  }

  @Test
  void theCountsAreThoseOfTheCommunity() {
    assertThat(fact("posts")).isEqualTo(posts().count());
    assertThat(fact("repositories")).isEqualTo(truth.repositories().size());
    assertThat(fact("groups")).isEqualTo(truth.groups().size());
    assertThat(fact("events")).isEqualTo(truth.events().size());
    for (Network network : List.of(Network.X, Network.MASTODON, Network.BLUESKY)) {
      assertThat(ran.json().get("harvested").get(network.name()).get("post").asLong())
          .isPositive()
          .isEqualTo(posts().filter(post -> post.network().equals(network)).count());
    }
  }

  @Test
  void theLeadersAreThoseOfTheCommunity() {
    assertThat(ranking("top-authors")).isEqualTo(expected(topAuthors()));
    assertThat(ranking("top-committers")).isEqualTo(expected(truth.topCommitters(10)));
    assertThat(ranking("top-hosts")).isEqualTo(expected(truth.topHosts(10)));
  }

  @Test
  void numbersLeadToWhatIsBehindThem() {
    assertThat(page).contains("href=\"#latest-posts\"", "id=\"latest-posts\"");
    for (String leader : ranking("top-authors")) {
      String name = leader.substring(0, leader.lastIndexOf(' '));
      assertThat(page).containsPattern("href=\"https?://[^\"]+\"[^>]*><bdi>" + Pattern.quote(name));
    }
  }

  @Test
  void theNetworkOfPeopleAndTheMapsOfCitiesAreThere() {
    assertThat(ranking("sought")).hasSize(10);
    assertThat(page).contains("id=\"network\"", "id=\"city-map-1\"");
    truth.repositories().stream()
        .limit(3)
        .forEach(repository -> assertThat(page).contains(repository.fullName()));
  }

  @Test
  void theClustersAgreeWithTheTopics() throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("data/clusters.csv"));
    List<String[]> pairs = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = Pattern.compile(",").splitAsStream(line.replace("\"", "")).toList();
      pairs.add(new String[] {truth.topicOf(cells.get(1)), cells.get(2)});
    }

    assertThat((long) pairs.size()).isEqualTo(posts().count());
    assertThat(normalisedMutualInformation(pairs)).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void everyListingIsCompleteAndEveryMeetingToComeIsShown() {
    Matcher complete =
        Pattern.compile("data-fact=\"complete\" data-value=\"([^\"]*)\"").matcher(page);
    assertThat(complete.results().map(r -> r.group(1))).isNotEmpty().containsOnly("true");
    truth.events().stream()
        .filter(event -> event.status().name().equals("UPCOMING"))
        .limit(12)
        .forEach(event -> assertThat(page).contains(escaped(event.title())));
  }

  @Test
  void aSecondRunGivesTheSameDashboard(@TempDir Path again) throws IOException {
    sparkpy("run", "--out", again, "--seed", SEED, "--posts", POSTS).endsWith(0);

    assertThat(facts(Files.readString(again.resolve("index.html")))).isEqualTo(facts(page));
  }

  @Test
  void aBrowserWithoutNetworkShowsItAllAndRunsNothingOfTheTexts() {
    Path file = out.resolve("index.html");
    try (OfflineTab tab = OfflineTab.open(file)) {
      tab.page.locator("#map canvas").first().scrollIntoViewIfNeeded();
      tab.page.locator("svg.cloud text").first().hover();
      tab.page.locator(".tip:visible").first().waitFor();

      assertThat(tab.page.locator("[data-fact=posts]").first().getAttribute("data-value"))
          .isEqualTo(String.valueOf(posts().count()));
      assertThat(tab.page.locator("#map canvas").count()).isPositive();
      assertThat(tab.page.locator("main img, main script[src], main iframe").count()).isZero();
      assertThat(tab.requests).containsExactly(file.toUri().toString());
      assertThat(tab.complaints).isEmpty();
    }
  }

  @Test
  void hoveringAPlaceShowsAHostilePostAsText(@TempDir Path directory) {
    String attack =
        "<img src=x onerror=\"window.ran='yes'\"><script>window.ran='yes'</script> `${1}`";
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store =
        Places.openStore(
            PlaceUri.parse(file.toString()), StoreOptions.with(Quarantine.inMemory()))) {
      store.write(
          List.of(
              Post.builder(Network.X, "1", attack)
                  .author(new AccountRef("7", null, attack))
                  .place(Place.at(new GeoPoint(48.85, 2.35)))
                  .createdAt(Instant.parse("2026-11-01T12:00:00Z"))
                  .build()));
    }
    sparkpy("analyze", file, "--out", directory.resolve("page")).endsWith(0);

    try (OfflineTab tab = OfflineTab.open(directory.resolve("page/index.html"))) {
      tab.page.locator("#map canvas").first().scrollIntoViewIfNeeded();
      Object pixel =
          tab.page.evaluate(
              """
              () => {
                const holder = document.querySelector('#map [data-map]');
                const at = echarts.getInstanceByDom(holder).convertToPixel('geo', [2.35, 48.85]);
                const box = holder.getBoundingClientRect();
                return [at[0] + box.left, at[1] + box.top];
              }
              """);
      double x = ((Number) ((List<?>) pixel).get(0)).doubleValue();
      double y = ((Number) ((List<?>) pixel).get(1)).doubleValue();
      tab.page.mouse().move(x - 30, y - 30);
      tab.page.mouse().move(x, y);
      Locator tip = tab.page.locator(".tip:visible");
      tip.waitFor();

      assertThat(tip.innerText()).contains(attack);
      assertThat(tip.locator("img, script").count()).isZero();
      assertThat(tab.page.evaluate("() => String(window.ran)")).isEqualTo("undefined");
      assertThat(tab.complaints).isEmpty();
    }
  }

  /**
   * What is shown: everything but reposts; on Bluesky what names the engine; on Mastodon no replies
   * to others.
   */
  private static Stream<Post> posts() {
    return Stream.of(Network.X, Network.MASTODON, Network.BLUESKY)
        .flatMap(truth::posts)
        .filter(post -> post.kind() != Post.Kind.REPOST)
        .filter(
            post ->
                !post.network().equals(Network.BLUESKY)
                    || post.text().toLowerCase(Locale.ROOT).contains("spark"))
        .filter(
            post ->
                !post.network().equals(Network.MASTODON)
                    || post.kind() != Post.Kind.REPLY
                    || Objects.equals(post.author().id(), post.inReplyToAuthorId()));
  }

  private static List<Ranked> topAuthors() {
    Map<AccountRef, Long> counts =
        posts()
            .collect(
                Collectors.groupingBy(
                    post -> Objects.requireNonNull(post.author()), Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> new Ranked(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(Ranked::count)
                .reversed()
                .thenComparing(ranked -> ranked.account().label()))
        .limit(10)
        .toList();
  }

  private static long fact(String name) {
    Matcher fact =
        Pattern.compile("data-fact=\"" + name + "\" data-value=\"(\\d+)\"").matcher(page);
    assertThat(fact.find()).as("a fact named " + name).isTrue();
    return Long.parseLong(fact.group(1));
  }

  private static List<String> facts(String html) {
    return Pattern.compile(
            "data-(fact|rank|topic|name)=\"[^\"]*\"[^>]*data-(value|posts)=\"[^\"]*\"")
        .matcher(html)
        .results()
        .map(result -> result.group())
        .filter(fact -> !fact.contains("waited"))
        .toList();
  }

  private static List<String> ranking(String id) {
    int from = page.indexOf("id=\"" + id + "\"");
    String table = page.substring(from, page.indexOf("</table>", from));
    return Pattern.compile("data-rank=\"\\d+\" data-name=\"([^\"]*)\" data-value=\"(\\d+)\"")
        .matcher(table)
        .results()
        .map(row -> row.group(1) + " " + row.group(2))
        .toList();
  }

  private static List<String> expected(List<Ranked> leaders) {
    return leaders.stream()
        .map(leader -> escaped(leader.account().label()) + " " + leader.count())
        .toList();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Mutual information of both columns over the mean of their entropies. */
  private static double normalisedMutualInformation(List<String[]> pairs) {
    Map<String, Long> labels = new HashMap<>();
    Map<String, Long> clusters = new HashMap<>();
    Map<List<String>, Long> both = new HashMap<>();
    for (String[] pair : pairs) {
      labels.merge(pair[0], 1L, Long::sum);
      clusters.merge(pair[1], 1L, Long::sum);
      both.merge(List.of(pair), 1L, Long::sum);
    }
    double n = pairs.size();
    double information = 0;
    for (Map.Entry<List<String>, Long> cell : both.entrySet()) {
      double expected =
          (double) labels.getOrDefault(cell.getKey().get(0), 0L)
              * clusters.getOrDefault(cell.getKey().get(1), 0L);
      information += cell.getValue() / n * Math.log(cell.getValue() * n / expected);
    }
    return 2 * information / (entropy(labels, n) + entropy(clusters, n));
  }

  private static double entropy(Map<String, Long> counts, double n) {
    return -counts.values().stream().mapToDouble(c -> c / n * Math.log(c / n)).sum();
  }
}
