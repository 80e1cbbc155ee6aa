package io.github.sparkpysocial.streaming.window;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.window;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import java.time.Duration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Counts how many posts of each window of time have a hashtag, a word or an author. The same
 * function serves a stream and a batch of posts and gives the same counts; a stream needs a
 * watermark on {@code created_at}, as {@link io.github.sparkpysocial.streaming.source.PostFiles}
 * gives it, to know when a window is complete.
 *
 * <p>The answer has columns {@code window_start}, {@code window_end}, {@code value} and {@code
 * posts}. A window includes its start and excludes its end, and windows are aligned to 1970 in UTC.
 * A post without a time counts nowhere.
 */
public final class WindowCounts {
  private WindowCounts() {}

  /** What is counted. A post counts once for each different value it has. */
  public enum Of {
    /** The hashtags of a post, in lower case. */
    HASHTAGS,
    /** The words, hashtags, mentions and emoji that {@link SocialTokenizer} finds in its text. */
    WORDS,
    /** The author, by id, else by handle. */
    AUTHORS,
    /** The language that the network tells, as it spells it. */
    LANGUAGES,
    /** The country of the post's place, by code, else the place by name. */
    PLACES,
    /** The accounts that a post names, by handle in lower case. */
    MENTIONS,
    /** The ticker symbols of a post, in upper case. */
    CASHTAGS,
    /** The hosts that a post links to, in lower case, without {@code www.}. */
    HOSTS,
    /** The network. */
    NETWORKS
  }

  /**
   * Returns the posts with one more column, an array of the values that a post has, each once. What
   * is not known is null in it or is not there.
   *
   * @param column its name
   */
  public static Dataset<Row> withValues(Dataset<Row> posts, Of what, String column) {
    if (what == Of.WORDS) {
      Dataset<Row> words =
          new SocialTokenizer().setInputCol("text").setOutputCol(column).transform(posts);
      return words.withColumn(column, array_distinct(col(column)));
    }
    return posts.withColumn(column, array_distinct(values(what)));
  }

  /** Counts in windows that follow each other. */
  public static Dataset<Row> tumbling(Dataset<Row> posts, Of what, Duration length) {
    return sliding(posts, what, length, length);
  }

  /**
   * Counts in windows that overlap.
   *
   * @param length how long a window is, a positive number of milliseconds
   * @param slide how long after one window the next starts, at most {@code length}
   */
  public static Dataset<Row> sliding(Dataset<Row> posts, Of what, Duration length, Duration slide) {
    if (length.toMillis() <= 0) {
      throw new IllegalArgumentException("length must be positive, was " + length);
    }
    if (slide.toMillis() <= 0 || slide.compareTo(length) > 0) {
      throw new IllegalArgumentException(
          "slide must be positive and at most the length " + length + ", was " + slide);
    }
    return count(
        posts,
        what,
        window(
            col("created_at"),
            length.toMillis() + " milliseconds",
            slide.toMillis() + " milliseconds"));
  }

  /**
   * Returns the values of each window that most posts have, in windows that follow each other, with
   * the column {@code rank} from 1; of equal counts the value that comes first in the alphabet. A
   * stream gives a window once, when it is complete, in output mode {@code append}; no more than
   * {@code k} values of a window are held together.
   *
   * @param length how long a window is, a positive number of milliseconds
   * @param k how many values
   */
  public static Dataset<Row> top(Dataset<Row> posts, Of what, Duration length, int k) {
    if (length.toMillis() <= 0 || k < 1) {
      throw new IllegalArgumentException(
          "length and k must be positive, were " + length + " and " + k);
    }
    Column top =
        udaf(new TopCounts(k), Encoders.tuple(Encoders.STRING(), Encoders.LONG()))
            .apply(col("value"), col("count"));
    return counted(posts, what, window(col("created_at"), length.toMillis() + " milliseconds"))
        .groupBy(col("window"))
        .agg(top.as("top"))
        .select(
            col("window.start").as("window_start"),
            col("window.end").as("window_end"),
            posexplode(arrays_zip(col("top.values"), col("top.counts"))))
        .select(
            col("window_start"),
            col("window_end"),
            col("col.values").as("value"),
            col("col.counts").as("posts"),
            col("pos").plus(1).as("rank"));
  }

  /**
   * Counts in windows that each value has for itself: one begins with a post, and ends when no
   * other has come for a while. A stream gives them in output mode {@code append}.
   *
   * @param gap for how long, a positive number of milliseconds; the window ends so long after its
   *     last post
   */
  public static Dataset<Row> sessions(Dataset<Row> posts, Of what, Duration gap) {
    if (gap.toMillis() <= 0) {
      throw new IllegalArgumentException("gap must be positive, was " + gap);
    }
    return count(
        posts,
        what,
        session_window(col("created_at"), gap.toMillis() + " milliseconds").as("window"));
  }

  private static Dataset<Row> count(Dataset<Row> posts, Of what, Column window) {
    return counted(posts, what, window)
        .select(
            col("window.start").as("window_start"),
            col("window.end").as("window_end"),
            col("value"),
            col("count").as("posts"));
  }

  private static Dataset<Row> counted(Dataset<Row> posts, Of what, Column window) {
    return withValues(posts, what, "__values")
        .select(col("created_at"), explode(col("__values")).as("value"))
        .where(col("created_at").isNotNull().and(col("value").isNotNull()))
        .groupBy(window, col("value"))
        .count();
  }

  private static Column values(Of what) {
    return switch (what) {
      case HASHTAGS -> transform(col("hashtags"), tag -> lower(tag.getField("text")));
      case WORDS -> throw new IllegalStateException("Words are found by the tokenizer");
      case AUTHORS -> array(coalesce(col("author_id"), col("author_handle")));
      case LANGUAGES -> array(col("language"));
      case PLACES -> array(coalesce(col("country_code"), col("place_name")));
      case MENTIONS -> transform(col("mentions"), one -> lower(one.getField("handle")));
      case CASHTAGS -> transform(col("cashtags"), tag -> upper(tag.getField("text")));
      case HOSTS -> transform(col("urls"), WindowCounts::host);
      case NETWORKS -> array(col("network"));
    };
  }

  private static Column host(Column link) {
    Column address = coalesce(link.getField("expanded_url"), link.getField("url"));
    Column host = lower(regexp_extract(address, "^[A-Za-z]+://(?:[^/@?#]*@)?([^/:?#]+)", 1));
    return nullif(regexp_replace(host, "^www\\.", ""), lit(""));
  }
}
