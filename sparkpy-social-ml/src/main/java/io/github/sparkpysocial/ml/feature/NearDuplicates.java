package io.github.sparkpysocial.ml.feature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.github.sparkpysocial.ml.internal.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Finds posts that nearly repeat another: copies with a word changed, a link added, a name put in
 * front. Two texts are near when the Jaccard similarity of their pairs of neighbouring words
 * reaches a threshold; candidates come from MinHash signatures in 16 bands of 4 (Broder 1997, "On
 * the resemblance and containment of documents"; the bands as in Leskovec, Rajaraman and Ullman
 * 2014, "Mining of Massive Datasets", 3.4), which find a pair at similarity .8 with probability
 * .9998 and one at .5 with .64; each is then compared with the smallest id of its band. Nothing
 * comes to the driver. The same posts give the same result in whatever order and partitions they
 * come. Immutable and thread-safe.
 */
public final class NearDuplicates {
  /** The column that {@link #transform} adds. */
  public static final String COLUMN = "duplicate_of";

  private static final int BANDS = 16;
  private static final int ROWS = 4;
  private static final int MOST_ROUNDS = 20;
  private static final Tokens TOKENS = new Tokens(false);
  private static final String ID = "__id";
  private static final String SHINGLES = "__shingles";
  private static final String LEADER = "__leader";

  private final double threshold;
  private final String idCol;
  private final String textCol;

  private NearDuplicates(double threshold, String idCol, String textCol) {
    this.threshold = threshold;
    this.idCol = idCol;
    this.textCol = textCol;
  }

  /**
   * Returns a finder for posts with the columns {@code id} and {@code text}.
   *
   * @param threshold from which similarity on, above 0, up to 1; .8 is usual
   */
  public static NearDuplicates from(double threshold) {
    return of(threshold, "id", "text");
  }

  /** Returns a finder for other columns. */
  public static NearDuplicates of(double threshold, String idCol, String textCol) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be above 0, up to 1, was " + threshold);
    }
    return new NearDuplicates(
        threshold,
        Objects.requireNonNull(idCol, "idCol"),
        Objects.requireNonNull(textCol, "textCol"));
  }

  /**
   * Adds {@value #COLUMN}: the smallest id of the posts that a post is near to, also by way of
   * others; its own if there are none. Ids are compared as texts and should be unique.
   *
   * @throws IllegalArgumentException if a column is missing
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    for (String column : List.of(idCol, textCol)) {
      if (!List.of(posts.columns()).contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "'; the columns are " + String.join(", ", posts.columns()));
      }
    }
    Dataset<Row> leaders = leaders(posts);
    return posts
        .withColumn(ID, col("`" + idCol + "`").cast("string"))
        .join(leaders, new String[] {ID}, "left")
        .withColumn(COLUMN, coalesce(col(LEADER), col(ID)))
        .drop(ID, LEADER);
  }

  private Dataset<Row> leaders(Dataset<Row> posts) {
    UDF1<@Nullable String, long[]> shingles = text -> shingles(text == null ? "" : text);
    UDF1<scala.collection.Seq<Long>, long[]> bands = all -> bands(longs(all));
    double least = threshold;
    UDF2<scala.collection.Seq<Long>, scala.collection.Seq<Long>, Boolean> near =
        (a, b) -> jaccard(longs(a), longs(b)) >= least;
    var longArray = DataTypes.createArrayType(DataTypes.LongType, false);
    var inBand = Window.partitionBy("__band", "__hash");
    Dataset<Row> edges =
        posts
            .select(
                col("`" + idCol + "`").cast("string").as(ID),
                udf(shingles, longArray).apply(col("`" + textCol + "`")).as(SHINGLES))
            .where("size(" + SHINGLES + ") > 0")
            .select(
                col(ID),
                col(SHINGLES),
                posexplode(udf(bands, longArray).apply(col(SHINGLES)))
                    .as(new String[] {"__band", "__hash"}))
            .withColumn("__first", min(struct(col(ID), col(SHINGLES))).over(inBand))
            .where(
                col(ID)
                    .gt(col("__first." + ID))
                    .and(
                        udf(near, DataTypes.BooleanType)
                            .apply(col(SHINGLES), col("__first." + SHINGLES))))
            .groupBy(ID)
            .agg(min("__first." + ID).as(LEADER))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return followed(edges);
  }

  /** Replaces each leader by its own leader until none has one. */
  private static Dataset<Row> followed(Dataset<Row> edges) {
    Dataset<Row> current = edges;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Dataset<Row> next = current.select(col(ID).as(LEADER), col(LEADER).as("__next"));
      Dataset<Row> jumped = current.join(next, new String[] {LEADER}, "left");
      if (jumped.where("__next IS NOT NULL").isEmpty()) {
        return current;
      }
      current =
          jumped.select(col(ID), coalesce(col("__next"), col(LEADER)).as(LEADER)).localCheckpoint();
    }
    return current;
  }

  private static long[] longs(scala.collection.Seq<Long> values) {
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = values.apply(i);
    }
    return longs;
  }

  /** Returns hashes of each two neighbouring words, sorted; of a single word that one. */
  static long[] shingles(String text) {
    List<String> words = new ArrayList<>();
    TOKENS.scan(
        text,
        (token, kind, start, end) -> {
          if (kind.isSaid() && !token.equals("rt")) {
            words.add(token);
          }
        });
    long[] hashes = new long[words.size() < 2 ? words.size() : words.size() - 1];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hash(words.get(i)) * 31 + (words.size() < 2 ? 0 : hash(words.get(i + 1)));
    }
    return Arrays.stream(hashes).sorted().distinct().toArray();
  }

  private static long hash(String word) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
    }
    return SplitMix64.mix(hash);
  }

  /** Returns a hash of each band of the MinHash signature. */
  static long[] bands(long[] shingles) {
    long[] bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long hash = band;
      for (int row = 0; row < ROWS; row++) {
        long salt = SplitMix64.mix(band * ROWS + row + 1L);
        long least = Long.MAX_VALUE;
        for (long shingle : shingles) {
          least = Math.min(least, SplitMix64.mix(shingle ^ salt));
        }
        hash = SplitMix64.mix(hash * 31 + least);
      }
      bands[band] = hash;
    }
    return bands;
  }

  static double jaccard(long[] a, long[] b) {
    int shared = 0;
    int j = 0;
    for (long value : a) {
      while (j < b.length && b[j] < value) {
        j++;
      }
      shared += j < b.length && b[j] == value ? 1 : 0;
    }
    int all = a.length + b.length - shared;
    return all == 0 ? 1 : (double) shared / all;
  }
}
