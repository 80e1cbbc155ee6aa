package io.github.sparkpysocial.streaming.alert;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Finds what rules look for, in a stream of posts or in a batch of them: the same alerts with the
 * same ids, however the stream was cut into batches, in whatever order posts arrived within the
 * horizon of {@link Arrivals}, and however often it was killed. So alerts of past posts can be
 * computed again and compared.
 *
 * <pre>{@code
 * Dataset<Row> alerts =
 *     Alerts.builder(posts)
 *         .arrivals(Arrivals.DEFAULT.withHorizon(Duration.ofSeconds(30)))
 *         .rule(AlertRule.threshold("surge", 50, Duration.ofMinutes(5)).per(HASHTAGS).build())
 *         .find();
 * }</pre>
 *
 * <p>The price is delay: a rule sees a post when the watermark has passed it, hence the horizon
 * after it came; choose it as short as the source allows. The state, kept by Spark in the
 * checkpoint, is what rules say they remember and the posts of one horizon.
 */
public final class Alerts {
  private static final String TOKENS = "__words";
  private static final String WATERMARK = "spark.watermarkDelayMs";

  private Alerts() {}

  /**
   * Returns a builder.
   *
   * @param posts a stream or batch with the columns of posts, as it comes from a source: what
   *     {@link Arrivals} sets aside, and repetitions, are left out here
   */
  public static Builder builder(Dataset<Row> posts) {
    return new Builder(posts);
  }

  /** Gathers rules. Not thread-safe. */
  public static final class Builder {
    private final Dataset<Row> posts;
    private final Map<String, AlertRule> rules = new LinkedHashMap<>();
    private Arrivals arrivals = Arrivals.DEFAULT;
    private @Nullable Dataset<Row> ticks;

    private Builder(Dataset<Row> posts) {
      this.posts = Objects.requireNonNull(posts, "posts");
    }

    /** Sets what counts and how late posts may be. Default: {@link Arrivals#DEFAULT}. */
    public Builder arrivals(Arrivals newArrivals) {
      this.arrivals = Objects.requireNonNull(newArrivals, "newArrivals");
      return this;
    }

    /**
     * Adds a rule.
     *
     * @throws IllegalArgumentException if there is one of this name
     */
    public Builder rule(AlertRule rule) {
      if (rules.putIfAbsent(rule.name(), rule) != null) {
        throw new IllegalArgumentException("There are two rules '" + rule.name() + "'");
      }
      return this;
    }

    /**
     * Lets time go on when no post comes, so that the silence of a whole stream is found.
     *
     * @param clock a stream with a column {@code timestamp}, such as {@code
     *     spark.readStream().format("rate").load()}; not for replays, whose posts would be late
     */
    public Builder heartbeat(Dataset<Row> clock) {
      this.ticks = clock;
      return this;
    }

    /**
     * Returns the alerts, with the columns {@link Alert#SCHEMA}. A stream of them runs in output
     * mode {@code append}.
     *
     * @throws IllegalArgumentException if there is no rule, or a heartbeat is to be added to posts
     *     that have a watermark already
     */
    public Dataset<Row> find() {
      if (rules.isEmpty()) {
        throw new IllegalArgumentException("Add a rule to look for");
      }
      Dataset<Row> sightings = arrived(sightings());
      Map<String, Watching.Rule> watched = new LinkedHashMap<>();
      rules.forEach(
          (name, rule) -> watched.put(name, new Watching.Rule(rule.condition(), rule.limits())));
      Long end = posts.isStreaming() ? null : end();
      return sightings
          .select(
              concat(col("match.rule"), lit(Watching.SEPARATOR), col("match.value")).as("key"),
              unix_micros(col("created_at")).as("at"),
              col("network"),
              col("id"),
              col("author"),
              col("match.term").as("term"),
              col("created_at"))
          .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
          .flatMapGroupsWithState(
              new Watching(watched, end),
              OutputMode.Append(),
              Encoders.STRING(),
              Encoders.row(Raising.FOUND),
              GroupStateTimeout.EventTimeTimeout())
          .select(columns());
    }

    /** Turns microseconds into times. */
    private static Column[] columns() {
      Column evidence =
          transform(
              col("evidence"),
              post ->
                  struct(
                      post.getField("network").as("network"),
                      post.getField("id").as("id"),
                      post.getField("author").as("author"),
                      timestamp_micros(post.getField("created_at")).as("created_at")));
      return Arrays.stream(Alert.SCHEMA.fields())
          .map(
              field -> {
                String name = field.name();
                Column value = name.equals("evidence") ? evidence : col(name);
                return (field.dataType().equals(DataTypes.TimestampType)
                        ? timestamp_micros(value)
                        : value)
                    .as(name);
              })
          .toArray(Column[]::new);
    }

    private long end() {
      Row row =
          posts
              .where(col("record").equalTo("post").and(arrivals.reason().isNull()))
              .agg(max(unix_micros(col("created_at"))))
              .head();
      return row.isNullAt(0) ? 0 : row.getLong(0);
    }

    private Dataset<Row> sightings() {
      Dataset<Row> seen =
          posts.where(col("record").equalTo("post").and(arrivals.reason().isNull()));
      Set<WindowCounts.Of> needed = EnumSet.noneOf(WindowCounts.Of.class);
      rules.values().forEach(rule -> needed.addAll(dimensions(rule)));
      for (WindowCounts.Of what : needed) {
        seen = WindowCounts.withValues(seen, what, column(what));
      }
      List<Column> matches = new ArrayList<>();
      rules.values().forEach(rule -> matches.add(matches(rule)));
      Dataset<Row> found =
          seen.select(
              col("network"),
              col("id"),
              col("created_at"),
              coalesce(col("author_id"), col("author_handle")).as("author"),
              concat(matches.toArray(Column[]::new)).as("matches"));
      return ticks == null ? found : found.unionByName(ticks(ticks));
    }

    private static Set<WindowCounts.Of> dimensions(AlertRule rule) {
      if (rule.condition() instanceof Together) {
        return Set.of(WindowCounts.Of.WORDS);
      }
      WindowCounts.Of per = rule.per();
      return per == null ? Set.of() : Set.of(per);
    }

    private static String column(WindowCounts.Of what) {
      return what == WindowCounts.Of.WORDS ? TOKENS : "__" + what;
    }

    private static Column matches(AlertRule rule) {
      Column none = array().cast("array<struct<rule:string,value:string,term:string>>");
      WindowCounts.Of per = rule.per();
      Column found;
      if (rule.condition() instanceof Together together) {
        Column one = array_contains(col(TOKENS), together.one());
        Column other = array_contains(col(TOKENS), together.other());
        Column term =
            when(one.and(other), Together.BOTH).when(one, Together.ONE).when(other, Together.OTHER);
        found = when(one.or(other), array(match(rule, lit(""), term)));
      } else if (per == null) {
        found = array(match(rule, lit(""), lit(null)));
      } else {
        Column values = filter(col(column(per)), value -> value.isNotNull());
        found = transform(values, value -> match(rule, value, lit(null)));
      }
      return coalesce(when(rule.where(), found), none);
    }

    private static Column match(AlertRule rule, Column value, Column term) {
      return struct(
          lit(rule.name()).as("rule"),
          translate(value.cast(DataTypes.StringType), Watching.SEPARATOR, "").as("value"),
          term.cast(DataTypes.StringType).as("term"));
    }

    private Dataset<Row> ticks(Dataset<Row> clock) {
      List<Column> matches = new ArrayList<>();
      for (AlertRule rule : rules.values()) {
        if (rule.condition() instanceof Absence && rule.per() == null) {
          matches.add(match(rule, lit(""), lit(Sighting.TICK)));
        }
      }
      Column none = array().cast("array<struct<rule:string,value:string,term:string>>");
      return clock.select(
          lit("").as("network"),
          concat(lit(Sighting.TICK + "/"), unix_micros(col("timestamp"))).as("id"),
          col("timestamp").as("created_at"),
          lit(null).cast(DataTypes.StringType).as("author"),
          (matches.isEmpty() ? none : array(matches.toArray(Column[]::new))).as("matches"));
    }

    private Dataset<Row> arrived(Dataset<Row> found) {
      String[] key = {"network", "id"};
      Dataset<Row> once;
      if (!found.isStreaming()) {
        once = found.dropDuplicates(key);
      } else if (posts.schema().apply("created_at").metadata().contains(WATERMARK)) {
        if (ticks != null) {
          throw new IllegalArgumentException(
              "The posts have a watermark already, which a heartbeat cannot move; give them as they"
                  + " come from the source");
        }
        once = found;
      } else {
        once =
            found
                .withWatermark("created_at", arrivals.horizon().toMillis() + " milliseconds")
                .dropDuplicatesWithinWatermark(key);
      }
      return once.select(
          col("network"),
          col("id"),
          col("created_at"),
          col("author"),
          explode(col("matches")).as("match"));
    }
  }
}
