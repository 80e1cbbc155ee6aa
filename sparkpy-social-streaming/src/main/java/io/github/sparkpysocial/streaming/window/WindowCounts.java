package io.github.sparkpysocial.streaming.window;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.window;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import java.time.Duration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
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
    PLACES
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
    Dataset<Row> values =
        what == Of.WORDS
            ? new SocialTokenizer().setInputCol("text").setOutputCol("__tokens").transform(posts)
            : posts;
    return values
        .select(col("created_at"), explode(array_distinct(values(what))).as("value"))
        .where(col("created_at").isNotNull().and(col("value").isNotNull()))
        .groupBy(window, col("value"))
        .count()
        .select(
            col("window.start").as("window_start"),
            col("window.end").as("window_end"),
            col("value"),
            col("count").as("posts"));
  }

  private static Column values(Of what) {
    return switch (what) {
      case HASHTAGS -> transform(col("hashtags"), tag -> lower(tag.getField("text")));
      case WORDS -> col("__tokens");
      case AUTHORS -> array(coalesce(col("author_id"), col("author_handle")));
      case LANGUAGES -> array(col("language"));
      case PLACES -> array(coalesce(col("country_code"), col("place_name")));
    };
  }
}
