package io.github.sparkpysocial.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(PlainQueries.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class PeopleNetworkTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();
  private static NetworkMeasures measures;

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private static Dataset<Row> posts(List<Post> posts) {
    return Frames.of(spark, posts, RecordKind.POST);
  }

  private static Dataset<Row> interactions(List<Interaction> interactions) {
    return Frames.of(spark, interactions, RecordKind.INTERACTION);
  }

  private static AccountRef account(String id) {
    return new AccountRef(id, "Name" + id, null);
  }

  private static Post.Builder post(String id, String author) {
    return Post.builder(Network.X, id, "text").author(account(author)).createdAt(NOON);
  }

  private static Entities mention(String handle, @Nullable String id) {
    return new Entities(
        List.of(), List.of(new Entities.Mention(handle, id, 0, 4)), List.of(), List.of());
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString(" ")).sorted().toList();
  }

  @Test
  void whatIsToldByPostsAndInteractionsBecomesEdges() {
    List<Post> posts =
        List.of(
            post("1", "a").build(),
            post("2", "b").kind(Post.Kind.REPLY).inReplyToId("1").build(),
            post("3", "b").entities(mention("NAMEC", null)).build(),
            post("4", "c").kind(Post.Kind.REPOST).repostOfId("1").repostOfAuthorId("a").build(),
            post("5", "c").kind(Post.Kind.QUOTE).quoteOfId("2").build(),
            post("6", "a").entities(mention("stranger", null)).build(),
            post("7", "a").entities(mention("Namea", "a")).build());
    List<Interaction> told =
        List.of(
            Interaction.builder(Network.X, "again", Interaction.Type.REPLY)
                .actor(account("b"))
                .targetKind(RecordKind.POST)
                .targetId("1")
                .createdAt(NOON)
                .build(),
            Interaction.builder(Network.GITHUB, "star", Interaction.Type.STAR)
                .actor(account("a"))
                .targetKind(RecordKind.REPOSITORY)
                .targetId("99")
                .targetName("apache/spark")
                .build(),
            Interaction.builder(Network.GITHUB, "sum", Interaction.Type.CONTRIBUTION)
                .actor(account("a"))
                .targetKind(RecordKind.REPOSITORY)
                .targetName("apache/spark")
                .count(7L)
                .build());

    PeopleNetwork network =
        PeopleNetwork.builder().posts(posts(posts)).interactions(interactions(told)).build();

    assertThat(lines(network.edges()))
        .containsExactly(
            "github/a github/repository:apache/spark contribution 7",
            "github/a github/repository:apache/spark star 1",
            "x/a x/@stranger mention 1",
            "x/b x/a reply 1",
            "x/b x/c mention 1",
            "x/c x/a repost 1",
            "x/c x/b quote 1");
    assertThat(lines(network.vertices()))
        .contains(
            "github/repository:apache/spark github repository apache/spark",
            "x/@stranger x account stranger",
            "x/b x account Nameb");
  }

  /** Three circles of people who turn to each other, with a single bridge each. */
  private static List<Post> circles() {
    Random random = new Random(13);
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      int circle = i % 3;
      String from = circle + "-" + random.nextInt(8);
      String to = circle + "-" + random.nextInt(8);
      posts.add(reply(i, from, to));
    }
    posts.add(reply(240, "0-0", "1-0"));
    posts.add(reply(241, "4-0", "4-1"));
    return posts;
  }

  private static Post reply(int i, String from, String to) {
    return post("p" + i, from)
        .createdAt(NOON.plusSeconds(i))
        .inReplyToId("other" + i)
        .inReplyToAuthorId(to)
        .build();
  }

  @BeforeAll
  static void measure() {
    measures = PeopleNetwork.builder().posts(posts(circles()).coalesce(1)).build().measure();
  }

  @AfterAll
  static void forget() {
    measures.close();
  }

  @Test
  void measuresAreThoseOfTheDefinitions() {
    Map<String, Map<String, Long>> out = new TreeMap<>();
    Map<String, Set<String>> near = new TreeMap<>();
    for (Post post : circles()) {
      String from = "x/" + post.author().id();
      String to = "x/" + post.inReplyToAuthorId();
      if (!from.equals(to)) {
        out.computeIfAbsent(from, k -> new TreeMap<>()).merge(to, 1L, Long::sum);
        near.computeIfAbsent(from, k -> new TreeSet<>()).add(to);
        near.computeIfAbsent(to, k -> new TreeSet<>()).add(from);
      }
    }
    Map<String, Double> ranks = pageRanks(out, near.keySet());

    List<Row> vertices = measures.vertices().collectAsList();

    assertThat(vertices).hasSize(near.size());
    Map<Long, Set<String>> communities = new HashMap<>();
    long triangles = 0;
    for (Row row : vertices) {
      String key = row.getAs("key");
      Set<String> neighbours = near.getOrDefault(key, Set.of());
      long closed =
          neighbours.stream()
                  .mapToLong(
                      n ->
                          near.getOrDefault(n, Set.of()).stream()
                              .filter(neighbours::contains)
                              .count())
                  .sum()
              / 2;
      long degree = neighbours.size();
      triangles += closed;
      assertThat(row.<Double>getAs("page_rank")).isCloseTo(ranks.get(key), within(1e-8));
      assertThat(row.<Long>getAs("degree")).isEqualTo(degree);
      assertThat(row.<Long>getAs("triangles")).isEqualTo(closed);
      assertThat(row.<Long>getAs("brokerage")).isEqualTo(degree * (degree - 1) / 2 - closed);
      assertThat(row.<Long>getAs("out_degree")).isEqualTo(out.getOrDefault(key, Map.of()).size());
      assertThat(row.<Long>getAs("out_weight"))
          .isEqualTo(out.getOrDefault(key, Map.of()).values().stream().mapToLong(w -> w).sum());
      communities
          .computeIfAbsent(row.getAs("community"), k -> new HashSet<>())
          .add(key.substring(0, 3));
    }
    assertThat(communities.values()).hasSize(4).allMatch(circles -> circles.size() == 1);
    assertThat(measures.report().triangles()).isEqualTo(triangles / 3);
    assertThat(measures.report().components()).isEqualTo(3);
    assertThat(measures.report().largestComponent()).isEqualTo(16);
    assertThat(measures.report().communities()).isEqualTo(4);
    assertThat(measures.report().modularity())
        .isCloseTo(modularity(out), within(1e-9))
        .isGreaterThan(0.6);
  }

  /** GraphX starts from 1 and leaves the weight of dead ends away, then scales to the sum. */
  private static Map<String, Double> pageRanks(
      Map<String, Map<String, Long>> out, Set<String> vertices) {
    Map<String, Double> ranks = new HashMap<>();
    vertices.forEach(v -> ranks.put(v, 1.0));
    for (int i = 0; i < 20; i++) {
      Map<String, Double> next = new HashMap<>();
      vertices.forEach(v -> next.put(v, 0.15));
      out.forEach(
          (from, targets) ->
              targets
                  .keySet()
                  .forEach(
                      to ->
                          next.merge(
                              to,
                              0.85 * ranks.getOrDefault(from, 0.0) / targets.size(),
                              Double::sum)));
      ranks.putAll(next);
    }
    double sum = ranks.values().stream().mapToDouble(r -> r).sum();
    ranks.replaceAll((v, rank) -> rank * vertices.size() / sum);
    return ranks;
  }

  /** By the circles, which are the communities. */
  private static double modularity(Map<String, Map<String, Long>> out) {
    Map<String, Double> strength = new HashMap<>();
    double within = 0;
    double all = 0;
    for (var from : out.entrySet()) {
      for (var to : from.getValue().entrySet()) {
        String a = from.getKey().substring(0, 3);
        String b = to.getKey().substring(0, 3);
        all += to.getValue();
        within += a.equals(b) ? to.getValue() : 0;
        strength.merge(a, (double) to.getValue(), Double::sum);
        strength.merge(b, (double) to.getValue(), Double::sum);
      }
    }
    double m = all;
    return within / m - strength.values().stream().mapToDouble(s -> s * s / (4 * m * m)).sum();
  }

  @Test
  void partitionsDoNotChangeTheMeasuresAndThePictureIsPlain() {
    Picture picture = measures.picture(5);
    List<Influencer> influencers = measures.influencers(3);

    assertThat(picture.nodes()).hasSize(5);
    assertThat(picture.nodes().get(0).weight())
        .isGreaterThanOrEqualTo(picture.nodes().get(1).weight());
    assertThat(picture.links())
        .allMatch(
            link ->
                picture.nodes().stream().anyMatch(n -> n.key().equals(link.source()))
                    && picture.nodes().stream().anyMatch(n -> n.key().equals(link.target())));
    assertThat(influencers.get(0).score())
        .isCloseTo(
            1.0 / (60 + influencers.get(0).pageRankRank())
                + 1.0 / (60 + influencers.get(0).reachRank())
                + 1.0 / (60 + influencers.get(0).weightRank()),
            within(1e-12));
    try (NetworkMeasures eight =
        PeopleNetwork.builder().posts(posts(circles()).repartition(8)).build().measure()) {
      assertThat(lines(eight.vertices())).isEqualTo(lines(measures.vertices()));
      assertThat(eight.picture(5)).isEqualTo(picture);
      assertThat(eight.influencers(3)).isEqualTo(influencers);
      assertThat(betweenness(eight, 9, 4)).isEqualTo(betweenness(measures, 9, 4));
    }
  }

  @Test
  void betweennessIsThatOfAllShortestPaths() {
    Map<String, Set<String>> near = new TreeMap<>();
    for (Post post : circles()) {
      String from = "x/" + post.author().id();
      String to = "x/" + post.inReplyToAuthorId();
      if (!from.equals(to)) {
        near.computeIfAbsent(from, k -> new TreeSet<>()).add(to);
        near.computeIfAbsent(to, k -> new TreeSet<>()).add(from);
      }
    }
    int n = near.size();

    Map<String, Double> exact = betweenness(measures, n, 1);

    Map<String, Map<String, double[]>> walks = new TreeMap<>();
    near.keySet().forEach(from -> walks.put(from, walk(near, from)));
    for (String v : near.keySet()) {
      double share = 0;
      for (String s : near.keySet()) {
        for (String t : near.keySet()) {
          double[] whole = walks.getOrDefault(s, Map.of()).getOrDefault(t, UNREACHED);
          double[] first = walks.getOrDefault(s, Map.of()).getOrDefault(v, UNREACHED);
          double[] second = walks.getOrDefault(v, Map.of()).getOrDefault(t, UNREACHED);
          boolean others = !v.equals(s) && !v.equals(t) && !s.equals(t);
          if (others && whole[1] > 0 && first[0] + second[0] == whole[0]) {
            share += first[1] * second[1] / whole[1];
          }
        }
      }
      assertThat(exact.get(v)).isCloseTo(share / ((n - 1.0) * (n - 2)), within(1e-12));
    }
    Map<String, Double> sampled = betweenness(measures, n / 2, 1);
    double bound = Math.sqrt(Math.log(40.0 * n) / n);
    exact.forEach((v, share) -> assertThat(sampled.get(v)).isCloseTo(share, within(bound)));
    assertThat(sampled).isNotEqualTo(exact).isEqualTo(betweenness(measures, n / 2, 1));
    assertThatThrownBy(() -> measures.betweenness(0, 1)).hasMessageContaining("positive, was 0");
  }

  private static final double[] UNREACHED = {Double.POSITIVE_INFINITY, 0};

  private static Map<String, Double> betweenness(NetworkMeasures of, int sources, long seed) {
    Map<String, Double> shares = new TreeMap<>();
    of.betweenness(sources, seed)
        .collectAsList()
        .forEach(row -> shares.put(row.getString(0), row.getDouble(1)));
    return shares;
  }

  /** The distance to each vertex that can be reached, and in how many ways. */
  private static Map<String, double[]> walk(Map<String, Set<String>> near, String from) {
    Map<String, double[]> found = new TreeMap<>(Map.of(from, new double[] {0, 1}));
    Map<String, Double> ends = Map.of(from, 1.0);
    for (int distance = 1; !ends.isEmpty(); distance++) {
      Map<String, Double> next = new TreeMap<>();
      ends.forEach(
          (end, ways) ->
              near.getOrDefault(end, Set.of()).stream()
                  .filter(other -> !found.containsKey(other))
                  .forEach(other -> next.merge(other, ways, Double::sum)));
      for (Map.Entry<String, Double> each : next.entrySet()) {
        found.put(each.getKey(), new double[] {distance, each.getValue()});
      }
      ends = next;
    }
    return found;
  }

  @Test
  void anEmptyNetworkIsRefused() {
    assertThatThrownBy(() -> PeopleNetwork.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("posts, interactions or both");
    assertThatThrownBy(() -> PeopleNetwork.builder().posts(posts(List.of()).drop("mentions")))
        .hasMessageContaining("No column 'mentions'");
    assertThatThrownBy(() -> PeopleNetwork.builder().posts(posts(List.of())).build().measure())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There are no edges");
  }
}
