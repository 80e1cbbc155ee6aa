package io.github.sparkpysocial.ml.network;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What a {@link PeopleNetwork} is like, vertex by vertex and as a whole. Kept by Spark until it is
 * closed. The same records give the same numbers in whatever order and partitions they come;
 * PageRank is rounded to ten digits for that. Thread-safe.
 */
public final class NetworkMeasures implements AutoCloseable {
  private static final int RANK_CONSTANT = 60;

  private final Dataset<Row> vertices;
  private final Dataset<Row> edges;
  private final NetworkReport report;

  NetworkMeasures(Dataset<Row> vertices, Dataset<Row> edges, NetworkReport report) {
    this.vertices = vertices;
    this.edges = edges;
    this.report = report;
  }

  static NetworkMeasures of(PeopleNetwork network) {
    return new Measuring(network).measure();
  }

  /** Returns what the network is like as a whole. */
  public NetworkReport report() {
    return report;
  }

  /**
   * Returns the vertices: {@code key}, {@code network}, {@code kind}, {@code name}, and
   *
   * <ul>
   *   <li>{@code page_rank}, a {@code double}: PageRank with 20 iterations and a chance of .15 to
   *       start anew, over edges of any type, each pair once; the mean is about 1
   *   <li>{@code in_degree}, {@code out_degree}: how many turned to it, and to how many it turned;
   *       {@code in_weight}, {@code out_weight}: how many times
   *   <li>{@code degree}: how many neighbours it has, whatever the direction
   *   <li>{@code triangles}: how many pairs of neighbours are neighbours of each other
   *   <li>{@code brokerage}: how many are not, {@code d (d - 1) / 2 - triangles}, between which it
   *       can mediate (Everett and Borgatti 2005, "Ego network betweenness"); cheap, where {@link
   *       #betweenness} needs shortest paths
   *   <li>{@code component}: the number of its connected part, the largest 0
   *   <li>{@code community}: the number of its community by label propagation over weighted edges,
   *       the largest 0
   * </ul>
   */
  public Dataset<Row> vertices() {
    return vertices;
  }

  /** Returns the edges: {@code src} and {@code dst}, keys, and {@code weight}, of all types. */
  public Dataset<Row> edges() {
    return edges;
  }

  /**
   * Returns {@code key} and {@code betweenness} of the vertices: of the pairs of two others, the
   * share whose shortest paths go through it, from 0 to 1; pairs without a path count as none.
   * Directions and weights do not matter. Found from a sample of sources (Brandes and Pich 2007,
   * "Centrality estimation in large networks"): with a chance of 95 % no vertex of {@code n} is
   * farther than {@code sqrt(ln(40 n) / (2 sources))} from the true share; central ones are far
   * nearer in practice. From all vertices it is exact. Blocks; each source costs a walk over all
   * edges, and all neighbours are held in memory, 8 bytes a pair, here and in each executor. Same
   * records and seed, same numbers.
   *
   * @param sources how many vertices to walk from, such as 1,000; all, if there are no more
   * @param seed what draws them
   * @throws IllegalArgumentException if {@code sources} is below 1, or there are more than 50
   *     million pairs of neighbours
   */
  public Dataset<Row> betweenness(int sources, long seed) {
    return Betweenness.of(vertices, edges, positive(sources), seed);
  }

  /**
   * Returns the accounts whom others turn to, of all networks together; {@link Influencer} says by
   * which formula.
   *
   * @param n how many at most
   */
  public List<Influencer> influencers(int n) {
    Dataset<Row> ranked =
        vertices
            .where(col("kind").equalTo("account").and(col("in_degree").gt(0)))
            .withColumn("r1", within("page_rank"))
            .withColumn("r2", within("in_degree"))
            .withColumn("r3", within("in_weight"))
            .withColumn("score", fused("r1").plus(fused("r2")).plus(fused("r3")));
    return ranked
        .orderBy(col("score").desc(), col("key"))
        .limit(positive(n))
        .select("key", "network", "name", "r1", "r2", "r3", "score")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Influencer(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getDouble(6)))
        .toList();
  }

  private static Column within(String measure) {
    return rank().over(Window.partitionBy("network").orderBy(col(measure).desc()));
  }

  private static Column fused(String rank) {
    return lit(1.0).divide(col(rank).plus(RANK_CONSTANT));
  }

  /**
   * Returns the most central part as plain records.
   *
   * @param mostNodes how many vertices at most
   */
  public Picture picture(int mostNodes) {
    Dataset<Row> central =
        vertices.orderBy(col("page_rank").desc(), col("key")).limit(positive(mostNodes)).cache();
    try {
      List<Node> nodes =
          central
              .select("key", "network", "kind", "name", "community", "page_rank")
              .orderBy(col("page_rank").desc(), col("key"))
              .collectAsList()
              .stream()
              .map(
                  row ->
                      new Node(
                          row.getString(0),
                          row.getString(1),
                          row.getString(2),
                          row.getString(3),
                          row.getLong(4),
                          row.getDouble(5)))
              .toList();
      List<Link> links =
          edges
              .join(central.select(col("key").as("src")), "src")
              .join(central.select(col("key").as("dst")), "dst")
              .orderBy(col("weight").desc(), col("src"), col("dst"))
              .select("src", "dst", "weight")
              .collectAsList()
              .stream()
              .map(row -> new Link(row.getString(0), row.getString(1), row.getLong(2)))
              .toList();
      return new Picture(nodes, links);
    } finally {
      central.unpersist(false);
    }
  }

  private static int positive(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("The number must be positive, was " + n);
    }
    return n;
  }

  /** Lets Spark forget the frames; they cannot be used any more without counting anew. */
  @Override
  public void close() {
    vertices.unpersist(false);
    edges.unpersist(false);
  }
}
