package io.github.sparkpysocial.streaming.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rule found, or that it is over.
 *
 * @param id the same for the same finding, however often a stream is run; 32 hexadecimal digits
 * @param rule the name of the rule
 * @param kind of the rule: {@code threshold}, {@code change}, {@code absence}, {@code together},
 *     {@code first-seen}
 * @param event {@code raised} or {@code cleared}
 * @param value the hashtag, word, author … that it is about, or {@code null} for all posts of the
 *     rule
 * @param at when, by the time of the posts
 * @param since the start of the time that was looked at
 * @param observed what was counted
 * @param expected what it was compared with: the limit, or the median of the past
 * @param score how unusual a change is, see {@link
 *     io.github.sparkpysocial.streaming.trend.RobustScore}; otherwise {@code null}
 * @param text all this in a sentence, without the text of any post
 * @param evidence the posts that caused it, oldest first, at most as many as the rule keeps
 */
public record Alert(
    String id,
    String rule,
    String kind,
    String event,
    @Nullable String value,
    Instant at,
    Instant since,
    double observed,
    double expected,
    @Nullable Double score,
    String text,
    List<Evidence> evidence) {

  /** The event of an alert that begins. */
  public static final String RAISED = "raised";

  /** The event of an alert that is over. */
  public static final String CLEARED = "cleared";

  private static final StructType EVIDENCE =
      new StructType()
          .add("network", DataTypes.StringType, false)
          .add("id", DataTypes.StringType, false)
          .add("author", DataTypes.StringType)
          .add("created_at", DataTypes.TimestampType, false);

  /** The columns of alerts: the components of this record, by the same names. */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("rule", DataTypes.StringType, false)
          .add("kind", DataTypes.StringType, false)
          .add("event", DataTypes.StringType, false)
          .add("value", DataTypes.StringType)
          .add("at", DataTypes.TimestampType, false)
          .add("since", DataTypes.TimestampType, false)
          .add("observed", DataTypes.DoubleType, false)
          .add("expected", DataTypes.DoubleType, false)
          .add("score", DataTypes.DoubleType)
          .add("text", DataTypes.StringType, false)
          .add("evidence", DataTypes.createArrayType(EVIDENCE, false), false);

  public Alert {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(rule, "rule");
    evidence = List.copyOf(evidence);
  }

  /**
   * A post that caused an alert.
   *
   * @param network where it is
   * @param id its id there
   * @param author the id of its author, else the handle, or {@code null}
   * @param createdAt when it was published
   */
  public record Evidence(String network, String id, @Nullable String author, Instant createdAt) {}

  /** Reads an alert from a row of {@link #SCHEMA}. */
  public static Alert from(Row row) {
    List<Evidence> evidence = new ArrayList<>();
    for (Row post : row.<Row>getList(row.fieldIndex("evidence"))) {
      evidence.add(
          new Evidence(post.getString(0), post.getString(1), post.getString(2), instant(post, 3)));
    }
    int score = row.fieldIndex("score");
    return new Alert(
        row.getAs("id"),
        row.getAs("rule"),
        row.getAs("kind"),
        row.getAs("event"),
        row.getAs("value"),
        instant(row, row.fieldIndex("at")),
        instant(row, row.fieldIndex("since")),
        row.<Double>getAs("observed"),
        row.<Double>getAs("expected"),
        row.isNullAt(score) ? null : row.getDouble(score),
        row.getAs("text"),
        evidence);
  }

  private static Instant instant(Row row, int column) {
    Object time = row.get(column);
    return time instanceof Instant instant
        ? instant
        : ((java.sql.Timestamp) Objects.requireNonNull(time)).toInstant();
  }
}
