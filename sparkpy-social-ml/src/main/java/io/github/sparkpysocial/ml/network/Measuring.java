package io.github.sparkpysocial.ml.network;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.ml.internal.KeyIndexes;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.graphx.Edge;
import org.apache.spark.graphx.Graph;
import org.apache.spark.graphx.lib.ConnectedComponents;
import org.apache.spark.graphx.lib.PageRank;
import org.apache.spark.graphx.lib.TriangleCount;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** One measuring of a network, by GraphX where it has the measure. */
final class Measuring {
  private static final int ITERATIONS = 20;
  private static final double RESET = 0.15;
  private static final int DIGITS = 10;
  private static final ClassTag<Integer> NUMBER = ClassTag$.MODULE$.apply(Integer.class);

  private final PeopleNetwork network;

  Measuring(PeopleNetwork network) {
    this.network = network;
  }

  NetworkMeasures measure() {
    Dataset<Row> edges =
        network
            .edges()
            .groupBy("src", "dst")
            .agg(sum("weight").as("weight"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> keys =
        KeyIndexes.of(
                edges.select(col("src").as("key")).union(edges.select("dst")), "key", "number")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (edges.isEmpty()) {
        throw new IllegalArgumentException(
            "There are no edges: nobody replies, mentions, reposts, stars or commits here");
      }
      Dataset<Row> numbered =
          edges
              .join(keys.toDF("src", "a"), "src")
              .join(keys.toDF("dst", "b"), "dst")
              .select("a", "b", "weight")
              .persist(StorageLevel.MEMORY_AND_DISK());
      Dataset<Row> measured =
          measured(keys, numbered)
              .join(network.vertices(), "key")
              .select(
                  "key",
                  "network",
                  "kind",
                  "name",
                  "page_rank",
                  "in_degree",
                  "out_degree",
                  "in_weight",
                  "out_weight",
                  "degree",
                  "triangles",
                  "brokerage",
                  "component",
                  "community")
              .persist(StorageLevel.MEMORY_AND_DISK());
      NetworkReport report = report(measured, edges);
      numbered.unpersist(false);
      return new NetworkMeasures(measured, edges, report);
    } catch (RuntimeException e) {
      edges.unpersist(false);
      throw e;
    } finally {
      keys.unpersist(false);
    }
  }

  private static Dataset<Row> measured(Dataset<Row> keys, Dataset<Row> numbered) {
    Graph<Integer, Integer> graph = graph(numbered);
    Dataset<Row> ranks =
        column(
            keys,
            PageRank.run(graph, ITERATIONS, RESET, NUMBER, NUMBER).vertices(),
            "page_rank",
            DataTypes.DoubleType);
    Dataset<Row> components =
        column(
            keys,
            ConnectedComponents.run(graph, NUMBER, NUMBER).vertices(),
            "__component",
            DataTypes.LongType);
    Dataset<Row> triangles =
        column(
            keys,
            TriangleCount.run(graph, NUMBER, NUMBER).vertices(),
            "__triangles",
            DataTypes.IntegerType);
    Dataset<Row> all =
        keys.join(ranks, "number")
            .join(components, "number")
            .join(triangles, "number")
            .join(communities(keys, numbered), "number")
            .join(degrees(numbered, "b", "in"), toSeq("number"), "left")
            .join(degrees(numbered, "a", "out"), toSeq("number"), "left")
            .join(neighbours(numbered), "number");
    Column pairs = col("degree").multiply(col("degree").minus(1)).divide(2).cast("long");
    Dataset<Row> filled =
        all.withColumn("page_rank", round(col("page_rank"), DIGITS))
            .withColumn("triangles", col("__triangles").cast("long"))
            .withColumn("brokerage", pairs.minus(col("__triangles")));
    for (String name : new String[] {"in_degree", "out_degree", "in_weight", "out_weight"}) {
      filled = filled.withColumn(name, coalesce(col(name), lit(0L)));
    }
    return bySize(bySize(filled, "__component", "component"), "__community", "community");
  }

  private static Graph<Integer, Integer> graph(Dataset<Row> numbered) {
    JavaRDD<Edge<Integer>> edges =
        numbered.toJavaRDD().map(row -> new Edge<>(row.getLong(0), row.getLong(1), 1));
    return Graph.fromEdges(
        edges.rdd(),
        1,
        StorageLevel.MEMORY_AND_DISK(),
        StorageLevel.MEMORY_AND_DISK(),
        NUMBER,
        NUMBER);
  }

  /** Makes a frame of what GraphX says of each vertex. */
  private static Dataset<Row> column(
      Dataset<Row> keys, RDD<? extends Tuple2<Object, ?>> vertices, String name, DataType type) {
    JavaRDD<Row> rows = vertices.toJavaRDD().map(each -> RowFactory.create(each._1(), each._2()));
    return keys.sparkSession()
        .createDataFrame(
            rows,
            new StructType(
                new StructField[] {
                  DataTypes.createStructField("number", DataTypes.LongType, false),
                  DataTypes.createStructField(name, type, false)
                }));
  }

  private static Dataset<Row> communities(Dataset<Row> keys, Dataset<Row> numbered) {
    JavaPairRDD<Long, Tuple2<Long, Long>> both =
        numbered
            .toJavaRDD()
            .flatMapToPair(
                row ->
                    java.util.List.of(
                            new Tuple2<>(
                                row.getLong(0), new Tuple2<>(row.getLong(1), row.getLong(2))),
                            new Tuple2<>(
                                row.getLong(1), new Tuple2<>(row.getLong(0), row.getLong(2))))
                        .iterator());
    JavaPairRDD<Long, Long> own =
        keys.select("number")
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row.getLong(0), row.getLong(0)));
    JavaRDD<Row> labels =
        Communities.of(both, own).map(each -> RowFactory.create(each._1(), each._2()));
    return keys.sparkSession()
        .createDataFrame(
            labels,
            new StructType(
                new StructField[] {
                  DataTypes.createStructField("number", DataTypes.LongType, false),
                  DataTypes.createStructField("__community", DataTypes.LongType, false)
                }));
  }

  private static Dataset<Row> degrees(Dataset<Row> numbered, String end, String prefix) {
    return numbered
        .groupBy(col(end).as("number"))
        .agg(count(lit(1)).as(prefix + "_degree"), sum("weight").as(prefix + "_weight"));
  }

  private static Dataset<Row> neighbours(Dataset<Row> numbered) {
    return numbered
        .select(col("a").as("number"), col("b").as("other"))
        .union(numbered.select("b", "a"))
        .distinct()
        .groupBy("number")
        .agg(count(lit(1)).as("degree"));
  }

  /** Numbers groups by their size, the largest 0; of equal ones that of the smallest label. */
  private static Dataset<Row> bySize(Dataset<Row> vertices, String label, String name) {
    Dataset<Row> sizes =
        vertices
            .groupBy(label)
            .count()
            .withColumn(
                name,
                row_number()
                    .over(Window.orderBy(col("count").desc(), col(label)))
                    .minus(1)
                    .cast("long"))
            .drop("count");
    return vertices.join(sizes, label);
  }

  private static NetworkReport report(Dataset<Row> measured, Dataset<Row> edges) {
    Row counts =
        measured.agg(count(lit(1)), sum("triangles"), max("component"), max("community")).first();
    Row sums = edges.agg(count(lit(1)), sum("weight")).first();
    return new NetworkReport(
        counts.getLong(0),
        sums.getLong(0),
        sums.getLong(1),
        counts.getLong(2) + 1,
        measured.where(col("component").equalTo(0)).count(),
        counts.getLong(3) + 1,
        measured.where(col("community").equalTo(0)).count(),
        modularity(measured, edges, (double) sums.getLong(1)),
        counts.getLong(1) / 3);
  }

  private static double modularity(Dataset<Row> measured, Dataset<Row> edges, double weight) {
    Dataset<Row> ends = measured.select(col("key"), col("community"));
    double within =
        edges
            .join(ends.toDF("src", "c"), "src")
            .join(ends.toDF("dst", "d"), "dst")
            .agg(sum(when(col("c").equalTo(col("d")), col("weight")).otherwise(lit(0L))))
            .first()
            .getLong(0);
    Column strength = col("strength").divide(2 * weight);
    double chance =
        measured
            .groupBy("community")
            .agg(sum(col("in_weight").plus(col("out_weight"))).as("strength"))
            .agg(sum(strength.multiply(strength)))
            .first()
            .getDouble(0);
    return within / weight - chance;
  }

  private static scala.collection.immutable.Seq<String> toSeq(String name) {
    return scala.jdk.javaapi.CollectionConverters.asScala(java.util.List.of(name)).toSeq();
  }
}
