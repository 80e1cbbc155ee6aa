package io.github.sparkpysocial.ml.regress;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import io.github.sparkpysocial.ml.internal.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What can be told of a post at the moment when it is published, as numbers: nothing that came
 * later, such as how often it was repeated, so that a regression cannot look into the future.
 */
public final class PostFeatures {
  private static final Map<String, Column> FEATURES = new LinkedHashMap<>();

  static {
    FEATURES.put("text_length", length(col("text")));
    FEATURES.put("hashtag_count", size(col("hashtags")));
    FEATURES.put("mention_count", size(col("mentions")));
    FEATURES.put("url_count", size(col("urls")));
    FEATURES.put("media_count", size(col("media_urls")));
    FEATURES.put("is_reply", col("kind").equalTo("reply").cast("int"));
    FEATURES.put("is_quote", col("kind").equalTo("quote").cast("int"));
    Column angle = hour(col("created_at")).multiply(lit(Math.PI / 12));
    FEATURES.put("hour_sin", org.apache.spark.sql.functions.sin(angle));
    FEATURES.put("hour_cos", org.apache.spark.sql.functions.cos(angle));
    FEATURES.put("is_weekend", dayofweek(col("created_at")).isin(1, 7).cast("int"));
  }

  private PostFeatures() {}

  /** Returns the names of the columns that {@link #add} adds. */
  public static List<String> names() {
    return List.copyOf(FEATURES.keySet());
  }

  /**
   * Adds the columns to a frame of posts: {@code text_length} in code units, counts of hashtags,
   * mentions, links and media, {@code is_reply} and {@code is_quote}, the hour of the day on a
   * circle as {@code hour_sin} and {@code hour_cos}, {@code is_weekend}, both in the session's time
   * zone. Those of the time are null where a post has none.
   *
   * @throws IllegalArgumentException if a column of posts is missing, or one of these is there
   */
  public static Dataset<Row> add(Dataset<Row> posts) {
    Columns.require(
        posts, List.of("text", "kind", "created_at", "hashtags", "mentions", "urls", "media_urls"));
    Dataset<Row> added = posts;
    for (Map.Entry<String, Column> feature : FEATURES.entrySet()) {
      Columns.requireAbsent(posts, feature.getKey());
      added = added.withColumn(feature.getKey(), feature.getValue());
    }
    return added;
  }
}
