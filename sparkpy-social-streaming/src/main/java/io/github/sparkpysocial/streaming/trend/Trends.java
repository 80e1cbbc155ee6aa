package io.github.sparkpysocial.streaming.trend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.time.Duration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Scores how unusual the count of each value is in each window, against the windows just before, by
 * {@link RobustScore}. A past window without the value counts as zero, so that what is new stands
 * out.
 *
 * <p>The columns are {@code window_start}, {@code window_end}, {@code value}, {@code posts}, {@code
 * usual}, the median of the past, {@code spread} and {@code score}. A window comes when it is
 * complete, and the windows of one time come in one batch; only values that the window has are
 * there. A stream runs in output mode {@code append}, and gives the rows that a batch of the same
 * posts gives.
 */
public final class Trends {
  private static final StructType FOUND =
      new StructType()
          .add("window_start", DataTypes.LongType, false)
          .add("window_end", DataTypes.LongType, false)
          .add("value", DataTypes.StringType, false)
          .add("posts", DataTypes.LongType, false)
          .add("usual", DataTypes.DoubleType, false)
          .add("spread", DataTypes.DoubleType, false)
          .add("score", DataTypes.DoubleType, false);

  private Trends() {}

  /**
   * Returns the scores.
   *
   * @param posts a batch, or a stream with a watermark on {@code created_at} as {@link
   *     io.github.sparkpysocial.streaming.state.Arrivals#sound} gives it
   * @param length how long a window is, a positive number of milliseconds; windows are aligned to
   *     1970 in UTC
   * @param past with how many windows one is compared, from 3 to 1,000. Spark keeps the counts of
   *     so many for each value
   */
  public static Dataset<Row> of(
      Dataset<Row> posts, WindowCounts.Of what, Duration length, int past) {
    if (length.toMillis() <= 0) {
      throw new IllegalArgumentException("length must be positive, was " + length);
    }
    if (past < 3 || past > 1_000) {
      throw new IllegalArgumentException("past must be from 3 to 1000, was " + past);
    }
    return WindowCounts.withValues(posts, what, "__values")
        .select(col("created_at"), explode(col("__values")).as("value"))
        .where(col("created_at").isNotNull().and(col("value").isNotNull()))
        .select(col("value"), unix_micros(col("created_at")).as("at"), col("created_at"))
        .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
        .flatMapGroupsWithState(
            new Scoring(length.toMillis() * 1_000, past, posts.isStreaming()),
            OutputMode.Append(),
            Encoders.STRING(),
            Encoders.row(FOUND),
            GroupStateTimeout.EventTimeTimeout())
        .withColumn("window_start", timestamp_micros(col("window_start")))
        .withColumn("window_end", timestamp_micros(col("window_end")));
  }

  /**
   * Returns the rows of each window with the largest scores, the most unusual first, with their
   * {@code rank} from 1; of equal scores the value that comes first in the alphabet.
   *
   * @param scored what {@link #of} gave, as a batch: of a stream, in {@code foreachBatch}
   * @param k how many
   */
  public static Dataset<Row> top(Dataset<Row> scored, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be positive, was " + k);
    }
    return scored
        .withColumn(
            "rank",
            row_number()
                .over(Window.partitionBy("window_start").orderBy(desc("score"), col("value"))))
        .where(col("rank").leq(k))
        .orderBy("window_start", "rank");
  }
}
