package io.github.sparkpysocial.ml.network;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.SparkRuntime;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The network of who replies to, mentions, reposts, quotes and likes whom, and who stars, forks and
 * commits to what, from frames of posts and interactions of any networks.
 *
 * <p>A vertex is an account, or whatever else something was done to, such as a repository or an
 * event; what is done to a post counts for its author, if that is told or the post is at hand.
 * Somebody whose id is not told is found by his handle among those whose id is; else the handle
 * stands for him. Accounts of different networks are never taken for the same person.
 *
 * <p>The same deed told twice, by a post and by an interaction of the same time, counts once. Who
 * turns to himself does not count.
 *
 * <pre>{@code
 * PeopleNetwork network = PeopleNetwork.builder().posts(posts).interactions(stars).build();
 * try (NetworkMeasures measures = network.measure()) {
 *   List<Influencer> leaders = measures.influencers(10);
 * }
 * }</pre>
 *
 * <p>Nothing runs until the frames are used. Immutable and thread-safe.
 */
public final class PeopleNetwork {
  private final Dataset<Row> vertices;
  private final Dataset<Row> edges;

  private PeopleNetwork(Dataset<Row> vertices, Dataset<Row> edges) {
    this.vertices = vertices;
    this.edges = edges;
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the vertices: {@code key}, {@code network}, {@code kind}, {@code name}. */
  public Dataset<Row> vertices() {
    return vertices;
  }

  /**
   * Returns the edges: {@code src} and {@code dst}, keys of vertices, {@code type}, such as {@code
   * reply} or {@code star}, and {@code weight}, a {@code long}: how many times.
   */
  public Dataset<Row> edges() {
    return edges;
  }

  /**
   * Measures the network. Blocks until it is done; the result is kept by Spark until it is closed.
   *
   * @throws IllegalArgumentException if there are no edges
   */
  public NetworkMeasures measure() {
    SparkRuntime.requireForLearning();
    return NetworkMeasures.of(this);
  }

  /** Collects the frames. Not thread-safe. */
  public static final class Builder {
    private @Nullable Dataset<Row> posts;
    private @Nullable Dataset<Row> interactions;

    private Builder() {}

    /**
     * Sets the posts.
     *
     * @throws IllegalArgumentException if a column of posts is missing
     */
    public Builder posts(Dataset<Row> frame) {
      Columns.require(
          frame,
          List.of(
              "network",
              "id",
              "created_at",
              "author_id",
              "author_handle",
              "author_name",
              "in_reply_to_id",
              "in_reply_to_author_id",
              "repost_of_id",
              "repost_of_author_id",
              "quote_of_id",
              "mentions"));
      this.posts = frame;
      return this;
    }

    /**
     * Sets the interactions.
     *
     * @throws IllegalArgumentException if a column of interactions is missing
     */
    public Builder interactions(Dataset<Row> frame) {
      Columns.require(
          frame,
          List.of(
              "network",
              "id",
              "type",
              "created_at",
              "actor_id",
              "actor_handle",
              "actor_name",
              "target_kind",
              "target_id",
              "target_name",
              "count"));
      this.interactions = frame;
      return this;
    }

    /**
     * Returns the network.
     *
     * @throws IllegalStateException if there are neither posts nor interactions
     */
    public PeopleNetwork build() {
      Dataset<Row> deeds = null;
      if (posts != null) {
        deeds = Deeds.ofPosts(posts);
      }
      if (interactions != null) {
        Dataset<Row> told = Deeds.ofInteractions(interactions);
        deeds = deeds == null ? told : deeds.unionByName(told);
      }
      if (deeds == null) {
        throw new IllegalStateException("Give posts, interactions or both");
      }
      Dataset<Row> keyed = Deeds.keyed(deeds, posts);
      return new PeopleNetwork(vertices(keyed), edges(keyed));
    }

    private static Dataset<Row> edges(Dataset<Row> keyed) {
      return keyed
          .groupBy("src", "dst", "type", "moment")
          .agg(max("times").as("times"))
          .groupBy("src", "dst", "type")
          .agg(sum("times").as("weight"));
    }

    private static Dataset<Row> vertices(Dataset<Row> keyed) {
      Dataset<Row> actors =
          keyed.select(
              col("src").as("key"), col("network"), lit("account").as("kind"), col("src_name"));
      Dataset<Row> targets =
          keyed.select(
              col("dst").as("key"), col("network"), col("dst_kind").as("kind"), col("dst_name"));
      return actors
          .toDF("key", "network", "kind", "name")
          .union(targets)
          .groupBy("key")
          .agg(min("network").as("network"), min("kind").as("kind"), min("name").as("name"))
          .withColumn("name", coalesce(col("name"), element_at(split(col("key"), "/", 2), 2)));
    }
  }
}
