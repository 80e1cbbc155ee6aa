package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.github.sparkpysocial.ml.explore.Plans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The book's walk through raw tweets, nested as X's API v1.1 answers them, with nothing but Spark:
 * infer the schema, print it, select nested fields, take distinct values, make a temporary view,
 * ask in SQL, look at the plan.
 *
 * <p>It shows the price, too: Spark infers from what it sees, so a list that is empty in every
 * tweet becomes a list of texts, and the next file has another schema.
 */
public final class RawTweetsWalk {
  /** Who tweets most, and with how many hashtags. */
  private static final String BUSIEST =
      "SELECT user.screen_name AS who, count(*) AS tweets, sum(size(entities.hashtags)) AS hashtags"
          + " FROM tweets GROUP BY user.screen_name ORDER BY tweets DESC, who LIMIT 5";

  private RawTweetsWalk() {}

  /**
   * Takes the walk on a file.
   *
   * @param args the file
   */
  public static void main(String[] args) {
    if (args.length != 1) {
      throw new IllegalArgumentException("Name a file of tweets: JSON Lines, or a search's answer");
    }
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      walk(spark, Path.of(args[0]), System.out::println);
    } catch (IOException e) {
      throw new UncheckedIOException("Spark did not stop in peace", e);
    }
  }

  /**
   * Walks through a file: a tweet a line, also gzipped, or one whole answer of a search.
   *
   * @param out what is told, several lines at once
   * @return the tweets as Spark inferred them
   * @throws IllegalArgumentException if the file holds no tweets in the nesting of v1.1
   */
  public static Dataset<Row> walk(SparkSession spark, Path file, Consumer<String> out) {
    // snippet: raw
    Dataset<Row> tweets = read(spark, file);
    out.accept(tweets.schema().treeString());

    Dataset<Row> nested = tweets.select("id_str", "user.screen_name", "entities.hashtags");
    out.accept(String.join("\n", nested.limit(3).toJSON().collectAsList()));

    long authors = tweets.select("user.screen_name").distinct().count();
    out.accept(tweets.count() + " tweets by " + authors + " authors");

    tweets.createOrReplaceTempView("tweets");
    Dataset<Row> busiest = spark.sql(BUSIEST);
    out.accept(String.join("\n", busiest.toJSON().collectAsList()));
    out.accept(Plans.of(busiest).toString());
    // end
    List<String> empty = emptyLists(tweets);
    if (!empty.isEmpty()) {
      out.accept(
          "Lists that are empty in every tweet, of which Spark could only guess that they hold"
              + " texts: "
              + String.join(", ", empty)
              + ". Explore.open gives them the type they always have.");
    }
    return tweets;
  }

  /** A tweet a line is what Spark expects; a whole answer is one document over many lines. */
  private static Dataset<Row> read(SparkSession spark, Path file) {
    String path = file.toAbsolutePath().toUri().toString();
    Dataset<Row> read = spark.read().json(path);
    if (List.of(read.columns()).contains("_corrupt_record")) {
      Dataset<Row> whole = spark.read().option("multiLine", true).json(path);
      read = List.of(whole.columns()).contains("statuses") ? whole : read;
    }
    if (List.of(read.columns()).contains("statuses")) {
      read = read.select(explode(col("statuses")).as("tweet")).select("tweet.*");
    }
    List<String> columns = List.of(read.columns());
    if (!columns.containsAll(List.of("id_str", "user", "entities"))) {
      throw new IllegalArgumentException(
          file
              + " holds no tweets as X's API v1.1 nests them, with id_str, user and entities; look"
              + " at it without --raw, which knows all formats. Its columns are "
              + String.join(", ", columns));
    }
    // Notices of a stream, such as deletions, stand between the tweets.
    return read.where(col("id_str").isNotNull());
  }

  /** Returns the lists of texts, also within structs, that are empty wherever they are. */
  static List<String> emptyLists(Dataset<Row> tweets) {
    List<String> lists = new ArrayList<>();
    textLists(tweets.schema(), "", lists);
    if (lists.isEmpty()) {
      return lists;
    }
    Column[] longest =
        lists.stream().map(path -> functions.max(functions.size(col(path)))).toArray(Column[]::new);
    Row row = tweets.select(longest).first();
    List<String> empty = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      if (row.isNullAt(i) || row.getInt(i) <= 0) {
        empty.add(lists.get(i).replace("`", ""));
      }
    }
    return empty;
  }

  private static void textLists(StructType schema, String prefix, List<String> lists) {
    for (StructField field : Arrays.asList(schema.fields())) {
      String path = prefix + '`' + field.name() + '`';
      if (field.dataType() instanceof StructType struct) {
        textLists(struct, path + '.', lists);
      } else if (field.dataType() instanceof ArrayType list
          && list.elementType().equals(DataTypes.StringType)) {
        lists.add(path);
      }
    }
  }
}
