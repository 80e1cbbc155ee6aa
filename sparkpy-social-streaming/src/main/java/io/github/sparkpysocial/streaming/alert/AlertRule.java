package io.github.sparkpysocial.streaming.alert;

import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/**
 * What an alert is raised for. A rule regards all posts together, or, with {@link Builder#per},
 * each hashtag, word, author … by itself. Immutable and thread-safe.
 */
public final class AlertRule {
  private static final int MOST_POSTS = 10_000;
  private static final int MOST_EVIDENCE = 100;

  private final String name;
  private final Condition condition;
  private final WindowCounts.@Nullable Of per;
  private final Column where;
  private final Raising.Limits limits;

  private AlertRule(Builder builder) {
    this.name = builder.name;
    this.per = builder.per;
    this.where = builder.where;
    this.condition = builder.condition.apply(builder);
    this.limits =
        new Raising.Limits(
            name,
            Raising.micros(builder.coolDown),
            builder.from == null ? Long.MIN_VALUE : Raising.micros(builder.from),
            builder.evidence,
            builder.least);
  }

  /**
   * Raises when there are so many posts in a time, whatever moment it begins. It is over when half
   * as many, or {@link Builder#clear}, are no longer reached.
   *
   * @param posts from 1 to 10,000
   * @param within how long that time is, its start excluded; also the cool-down
   */
  public static Builder threshold(String name, int posts, Duration within) {
    if (posts < 1 || posts > MOST_POSTS) {
      throw new IllegalArgumentException(
          "posts must be from 1 to " + MOST_POSTS + ", was " + posts);
    }
    long time = micros("within", within);
    return new Builder(
        name,
        within,
        builder -> {
          double clear = builder.clear == null ? Math.ceil(posts / 2.0) : builder.clear;
          if (clear < 1 || clear > posts) {
            throw new IllegalArgumentException(
                "clear must be from 1 to " + posts + ", was " + clear);
          }
          return new Threshold(posts, time, (int) clear);
        });
  }

  /**
   * Raises when a window has an unusual number of posts. Windows are aligned to 1970 in UTC and are
   * compared with those just before, by {@link
   * io.github.sparkpysocial.streaming.trend.RobustScore}; nothing is raised until so many have gone
   * by since a value's first post. It is over when the score is half as large, or at {@link
   * Builder#clear}.
   *
   * @param window how long a window is; also the cool-down
   * @param past how many windows are compared, from 3 to 1,000
   * @param score from which score on it is raised, such as 5; a negative one watches for a fall
   */
  public static Builder change(String name, Duration window, int past, double score) {
    return change(name, window, past, 1, score);
  }

  /**
   * Raises when a window has an unusual number of posts for its time of the day: it is compared
   * with the windows of the same time, in UTC, on the days before. Otherwise as {@link #change}.
   *
   * @param window how long a window is; a day has a whole number of them
   * @param days how many days are compared, from 3 to 60
   */
  public static Builder seasonalChange(String name, Duration window, int days, double score) {
    long length = micros("window", window);
    long day = Raising.micros(Duration.ofDays(1));
    if (day % length != 0 || days > 60) {
      throw new IllegalArgumentException(
          "A day must be a whole number of windows and days at most 60, was "
              + window
              + ", "
              + days);
    }
    return change(name, window, days, day / length, score);
  }

  private static Builder change(String name, Duration window, int past, long stride, double score) {
    long length = micros("window", window);
    if (past < 3 || past > 1_000) {
      throw new IllegalArgumentException("past must be from 3 to 1000, was " + past);
    }
    if (score == 0 || !Double.isFinite(score)) {
      throw new IllegalArgumentException("score must be a number other than 0, was " + score);
    }
    return new Builder(
        name,
        window,
        builder -> {
          double clear = builder.clear == null ? score / 2 : builder.clear;
          if (score > 0 ? clear > score : clear < score) {
            throw new IllegalArgumentException(
                "clear must not be further from 0 than the score " + score + ", was " + clear);
          }
          return new Change(length, past, stride, score, clear);
        });
  }

  /**
   * Raises when there was no post for a time, after there was one. It is over with the next. A
   * value that stays away for ten times as long is forgotten; all posts together never are.
   *
   * <p>Time is that of the posts: if the whole stream falls silent, it stands still. {@link
   * Alerts.Builder#heartbeat} lets it go on.
   *
   * @param silence how long; also the cool-down
   */
  public static Builder absence(String name, Duration silence) {
    long time = micros("silence", silence);
    return new Builder(name, silence, builder -> new Absence(time, builder.per != null));
  }

  /**
   * Raises when two terms are used by different authors within a time.
   *
   * @param term a word, or a hashtag, mention or cashtag with its sign, as {@link
   *     io.github.sparkpysocial.ml.feature.SocialTokenizer} finds it; case does not matter
   * @param within how far apart two posts may be; also the cool-down
   */
  public static Builder together(String name, String term, String other, Duration within) {
    Together condition = Together.of(term, other, micros("within", within));
    return new Builder(
        name,
        within,
        builder -> {
          if (builder.per != null) {
            throw new IllegalArgumentException("Two terms together are not counted per value");
          }
          return condition;
        });
  }

  /**
   * Raises when a value comes that was not there before, or not for long. Needs {@link
   * Builder#per}; {@link Builder#from} lets it learn first.
   *
   * @param memory for how long after its last post a value is remembered
   */
  public static Builder firstSeen(String name, Duration memory) {
    long time = micros("memory", memory);
    return new Builder(
        name,
        Duration.ZERO,
        builder -> {
          if (builder.per == null) {
            throw new IllegalArgumentException("Say what may be new: firstSeen(...).per(...)");
          }
          return new FirstSeen(time);
        });
  }

  private static long micros(String what, Duration time) {
    if (time.toMillis() <= 0 || time.compareTo(Duration.ofDays(3_650)) > 0) {
      throw new IllegalArgumentException(
          what + " must be from a millisecond to ten years, was " + time);
    }
    return Raising.micros(time);
  }

  String name() {
    return name;
  }

  Condition condition() {
    return condition;
  }

  WindowCounts.@Nullable Of per() {
    return per;
  }

  Column where() {
    return where;
  }

  Raising.Limits limits() {
    return limits;
  }

  /** Sets up a rule. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Function<Builder, Condition> condition;
    private WindowCounts.@Nullable Of per;
    private Column where = lit(true);
    private Duration coolDown;
    private @Nullable Double clear;
    private @Nullable Instant from;
    private int evidence = 10;
    private int least = 1;

    private Builder(String name, Duration coolDown, Function<Builder, Condition> condition) {
      if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("A rule needs a name without control characters");
      }
      this.name = name;
      this.coolDown = coolDown;
      this.condition = condition;
    }

    /** Watches each value by itself. Default: all posts together. */
    public Builder per(WindowCounts.Of what) {
      this.per = Objects.requireNonNull(what, "what");
      return this;
    }

    /** Regards only some posts, such as those in a geofence. Default: all. */
    public Builder where(Column condition) {
      this.where = Objects.requireNonNull(condition, "condition");
      return this;
    }

    /** Sets for how long after an alert the same value raises none. */
    public Builder coolDown(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("coolDown must not be negative, was " + time);
      }
      this.coolDown = time;
      return this;
    }

    /**
     * Sets when an alert is over, so that a count around the limit does not raise one after the
     * other: fewer posts than this for a threshold, a score as near to 0 as this for a change.
     */
    public Builder clear(double bound) {
      this.clear = bound;
      return this;
    }

    /** Sets how many posts an alert names at most, the newest. Default: 10, at most 100. */
    public Builder evidence(int posts) {
      if (posts < 0 || posts > MOST_EVIDENCE) {
        throw new IllegalArgumentException(
            "evidence must be from 0 to " + MOST_EVIDENCE + ", was " + posts);
      }
      this.evidence = posts;
      return this;
    }

    /**
     * Sets how many posts a value needs to matter: in the window of a rise, usually before a fall,
     * before it is missed, before it is new. Default: 1.
     */
    public Builder least(int posts) {
      if (posts < 1) {
        throw new IllegalArgumentException("least must be positive, was " + posts);
      }
      this.least = posts;
      return this;
    }

    /** Raises nothing for times before; posts from before are learnt from. Default: no bound. */
    public Builder from(Instant time) {
      this.from = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Makes the rule.
     *
     * @throws IllegalArgumentException if choices contradict each other
     */
    public AlertRule build() {
      return new AlertRule(this);
    }
  }
}
