package io.github.sparkpysocial.streaming.state;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * What may be counted of a stream of posts: those that are sound, plausible in time, and new. A
 * time far in the future would move the watermark there, and every later post would count as late;
 * hence it is told apart before. Immutable and thread-safe.
 *
 * @param horizon how much later than others, by its own time, a post may arrive, and for how long
 *     its key is remembered; positive
 * @param earliest before which time a post is implausible
 * @param ahead how far ahead of the clock a post's time may be, not negative
 * @param clock tells what is in the future. It travels to the executors, so it must be
 *     serializable, as those of {@link Clock} are
 */
public record Arrivals(Duration horizon, Instant earliest, Duration ahead, Clock clock)
    implements Serializable {

  /** The day of the first tweet, before which no network of today had a post. */
  private static final Instant FIRST_POST = Instant.parse("2006-03-21T00:00:00Z");

  /**
   * A horizon of one hour, times from 21 March 2006 up to five minutes ahead of the system's clock.
   */
  public static final Arrivals DEFAULT =
      new Arrivals(Duration.ofHours(1), FIRST_POST, Duration.ofMinutes(5), Clock.systemUTC());

  /** Checks the durations. */
  public Arrivals {
    Objects.requireNonNull(earliest, "earliest");
    Objects.requireNonNull(clock, "clock");
    if (horizon.isNegative() || horizon.isZero()) {
      throw new IllegalArgumentException("horizon must be positive, was " + horizon);
    }
    if (ahead.isNegative()) {
      throw new IllegalArgumentException("ahead must not be negative, was " + ahead);
    }
  }

  /** Returns a copy with this horizon. */
  public Arrivals withHorizon(Duration newHorizon) {
    return new Arrivals(newHorizon, earliest, ahead, clock);
  }

  /** Returns a copy that takes times from here on for plausible. */
  public Arrivals withEarliest(Instant newEarliest) {
    return new Arrivals(horizon, newEarliest, ahead, clock);
  }

  /** Returns a copy that lets times be so far ahead of the clock. */
  public Arrivals withAhead(Duration newAhead) {
    return new Arrivals(horizon, earliest, newAhead, clock);
  }

  /** Returns a copy with this clock. */
  public Arrivals withClock(Clock newClock) {
    return new Arrivals(horizon, earliest, ahead, newClock);
  }

  /**
   * Returns the posts that are sound, each once, with a watermark on {@code created_at}.
   *
   * <p>Of posts with the same network and id the first to arrive stays. Keys are remembered until
   * the watermark, the latest {@code created_at} seen less the horizon, has passed them by the
   * horizon; so the state is bounded, and a repetition that comes later is let through. A post
   * older than the watermark is late and left out. Of a batch, all repetitions are left out.
   *
   * @param posts with the columns of posts; other kinds of record among them are passed over
   */
  public Dataset<Row> sound(Dataset<Row> posts) {
    Dataset<Row> marked =
        posts
            .where(col("record").equalTo("post").and(reason().isNull()))
            .withWatermark("created_at", horizon.toMillis() + " milliseconds");
    String[] key = {"network", "id"};
    return posts.isStreaming()
        ? marked.dropDuplicatesWithinWatermark(key)
        : marked.dropDuplicates(key);
  }

  /** Returns the posts that are not sound, with the column {@code reason}. */
  public Dataset<Row> setAside(Dataset<Row> posts) {
    return posts
        .where(col("record").equalTo("post"))
        .withColumn("reason", reason())
        .where(col("reason").isNotNull());
  }

  /** Returns why a post is not sound, as text, or null if it is. */
  public Column reason() {
    Clock now = clock;
    Duration tolerance = ahead;
    UDF0<Instant> latest = () -> now.instant().plus(tolerance);
    UserDefinedFunction latestTime = udf(latest, DataTypes.TimestampType).asNondeterministic();
    return when(
            coalesce(col("network"), lit(""))
                .equalTo("")
                .or(coalesce(col("id"), lit("")).equalTo("")),
            lit("the post has no network or no id"))
        .when(col("text").isNull(), lit("the post has no text"))
        .when(col("created_at").isNull(), lit("the post has no time"))
        .when(col("created_at").lt(lit(earliest)), lit("the post is from before the network"))
        .when(col("created_at").gt(latestTime.apply()), lit("the post is from the future"));
  }
}
