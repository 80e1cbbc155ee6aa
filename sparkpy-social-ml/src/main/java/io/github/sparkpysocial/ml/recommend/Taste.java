package io.github.sparkpysocial.ml.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.KeyIndexes;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * What was learnt from some preferences: numbers for people and things, what is popular, and who
 * took to what.
 */
final class Taste {
  static final String USER = "user";
  static final String ITEM = "item";
  static final String RATING = "rating";
  private static final String USER_INDEX = "__user";
  private static final String ITEM_INDEX = "__item";
  private static final String SCORE = "score";
  private static final String RANK = "rank";

  private static final String KNOWN = "known";
  private static final String USERS = "users";
  private static final String ITEMS = "items";
  private static final String POPULAR = "popular";
  private static final String FACTORS = "als";

  /** The popular are counted no further, since lists are short. */
  private static final int MOST_POPULAR = 10_000;

  private final Dataset<Row> known;
  private final Dataset<Row> users;
  private final Dataset<Row> items;
  private final ALSModel model;
  private final Dataset<Row> popular;
  private final int mostOfOne;

  private Taste(
      Dataset<Row> known,
      Dataset<Row> users,
      Dataset<Row> items,
      ALSModel model,
      Dataset<Row> popular,
      int mostOfOne) {
    this.known = known;
    this.users = users;
    this.items = items;
    this.model = model;
    this.popular = popular;
    this.mostOfOne = mostOfOne;
  }

  /** Learns from pairs of user and item, each of which comes once, kept by Spark. */
  static Taste learn(Recommendation settings, Dataset<Row> known) {
    Dataset<Row> users = KeyIndexes.of(known.select(USER), USER, USER_INDEX).cache();
    Dataset<Row> items = KeyIndexes.of(known.select(ITEM), ITEM, ITEM_INDEX).cache();
    // MLlib's ten blocks would be hundreds of tasks for a few preferences.
    int blocks = 1 + (int) Math.min(200, known.count() / 100_000);
    Dataset<Row> indexed =
        known
            .join(users, USER)
            .join(items, ITEM)
            .select(
                col(USER_INDEX).cast("int"), col(ITEM_INDEX).cast("int"), col(RATING).cast("float"))
            .repartition(blocks, col(USER_INDEX))
            .sortWithinPartitions(USER_INDEX, ITEM_INDEX)
            // ALS adds to this lineage with each iteration, and a task carries all of it.
            .localCheckpoint();
    ALSModel model =
        new ALS()
            .setUserCol(USER_INDEX)
            .setItemCol(ITEM_INDEX)
            .setRatingCol(RATING)
            .setImplicitPrefs(settings.isImplicit)
            .setAlpha(settings.alpha)
            .setRank(settings.rank)
            .setMaxIter(settings.maxIter)
            .setRegParam(settings.regParam)
            .setSeed(settings.seed)
            .setNumBlocks(blocks)
            .setCheckpointInterval(2)
            .setColdStartStrategy("drop")
            .fit(indexed);
    Column order = row_number().over(Window.orderBy(col("n").desc(), col(ITEM)));
    Dataset<Row> popular =
        known
            .groupBy(ITEM)
            .agg(count(lit(1)).as("n"))
            .orderBy(col("n").desc(), col(ITEM))
            .limit(MOST_POPULAR)
            .withColumn(RANK, order)
            .select(ITEM, RANK)
            .cache();
    long most =
        known
            .groupBy(USER)
            .count()
            .agg(org.apache.spark.sql.functions.max("count"))
            .first()
            .getLong(0);
    return new Taste(known, users, items, model, popular, (int) Math.min(most, MOST_POPULAR));
  }

  /** Writes what was learnt as Parquet, and the model as MLlib does, into a directory. */
  void save(Path directory) throws IOException {
    known.write().parquet(new Path(directory, KNOWN).toString());
    users.write().parquet(new Path(directory, USERS).toString());
    items.write().parquet(new Path(directory, ITEMS).toString());
    popular.coalesce(1).write().parquet(new Path(directory, POPULAR).toString());
    model.save(new Path(directory, FACTORS).toString());
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @param mostOfOne the most that one person took to
   */
  static Taste load(SparkSession spark, HadoopPlace place, int mostOfOne) {
    return new Taste(
        read(spark, place, KNOWN),
        read(spark, place, USERS),
        read(spark, place, ITEMS),
        ALSModel.load(place.resolve(FACTORS).toString()),
        read(spark, place, POPULAR),
        mostOfOne);
  }

  private static Dataset<Row> read(SparkSession spark, HadoopPlace place, String name) {
    return spark.read().parquet(place.resolve(name).toString()).cache();
  }

  int mostOfOne() {
    return mostOfOne;
  }

  SparkSession spark() {
    return known.sparkSession();
  }

  long userCount() {
    return users.count();
  }

  long itemCount() {
    return items.count();
  }

  /**
   * Returns what the model recommends to those it knows.
   *
   * @param people a column {@code user}, each once
   * @return rows of user, item, rank from 1, and score
   */
  Dataset<Row> learnt(Dataset<Row> people, int n) {
    Dataset<Row> best =
        model
            .recommendForUserSubset(
                people.join(users, USER).select(col(USER_INDEX).cast("int")), n + mostOfOne)
            .select(col(USER_INDEX), explode(col("recommendations")).as("r"))
            .select(col(USER_INDEX), col("r." + ITEM_INDEX), col("r.rating").as(SCORE));
    Dataset<Row> named =
        best.join(users, USER_INDEX)
            .join(items, ITEM_INDEX)
            .select(col(USER), col(ITEM), col(SCORE).cast("double"));
    return ranked(unseen(named), col(SCORE).desc(), n).select(USER, ITEM, RANK, SCORE);
  }

  /** Returns what is popular and new to each; {@code score} is null. */
  Dataset<Row> popular(Dataset<Row> people, int n) {
    Dataset<Row> some =
        people.crossJoin(popular.where(col(RANK).leq(n + mostOfOne)).toDF(ITEM, "__order"));
    return ranked(unseen(some), col("__order"), n)
        .select(col(USER), col(ITEM), col(RANK), lit(null).cast("double").as(SCORE));
  }

  /** Returns those of the people whom the model knows, or does not know. */
  Dataset<Row> among(Dataset<Row> people, boolean known) {
    return people.join(users.select(USER), toSeq(USER), known ? "left_semi" : "left_anti");
  }

  /** Returns the pairs with the strength that is foretold, as far as both are known. */
  Dataset<Row> foretold(Dataset<Row> pairs, String predictionCol) {
    Dataset<Row> indexed =
        pairs
            .join(users, USER)
            .join(items, ITEM)
            .withColumn(USER_INDEX, col(USER_INDEX).cast("int"))
            .withColumn(ITEM_INDEX, col(ITEM_INDEX).cast("int"));
    return model
        .copy(new org.apache.spark.ml.param.ParamMap())
        .setPredictionCol(predictionCol)
        .transform(indexed);
  }

  private Dataset<Row> unseen(Dataset<Row> rows) {
    return rows.join(known.select(USER, ITEM), toSeq(USER, ITEM), "left_anti");
  }

  private static Dataset<Row> ranked(Dataset<Row> rows, Column order, int n) {
    return rows.withColumn(
            RANK, row_number().over(Window.partitionBy(USER).orderBy(order, col(ITEM))))
        .where(col(RANK).leq(n));
  }

  private static scala.collection.immutable.Seq<String> toSeq(String... names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(names)).toSeq();
  }
}
