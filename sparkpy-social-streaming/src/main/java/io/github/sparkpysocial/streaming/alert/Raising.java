package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.streaming.trend.RobustScore;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Gathers the alerts of one rule and value. */
final class Raising {
  /**
   * {@link Alert#SCHEMA} with times as microseconds, which a row has by the same type whatever the
   * session's settings.
   */
  static final StructType FOUND =
      (StructType) DataType.fromJson(Alert.SCHEMA.json().replace("\"timestamp\"", "\"long\""));

  private final Limits limits;
  private final String kind;
  private final String value;
  private final List<Row> alerts = new ArrayList<>();

  /**
   * What all rules have.
   *
   * @param coolDown for how long after an alert a value raises none, in microseconds
   * @param from before which time nothing is raised
   * @param evidence how many posts an alert names at most
   * @param least how many posts a value needs to count
   */
  record Limits(String rule, long coolDown, long from, int evidence, long least)
      implements Serializable {}

  /** What was found. */
  record Finding(
      long since,
      double observed,
      double expected,
      @Nullable RobustScore score,
      String text,
      List<Sighting> evidence) {}

  Raising(Limits limits, String kind, String value) {
    this.limits = limits;
    this.kind = kind;
    this.value = value;
  }

  Limits limits() {
    return limits;
  }

  List<Row> alerts() {
    return alerts;
  }

  /** Returns what is counted, for a sentence. */
  String subject() {
    return value.isEmpty() ? "posts" : "posts of '" + value + "'";
  }

  boolean isAboutAll() {
    return value.isEmpty();
  }

  /** Returns from when on an alert may be raised. */
  long freeAt(Memory memory) {
    Long raised = memory.raised;
    return raised == null ? Long.MIN_VALUE : raised + limits.coolDown();
  }

  /** Raises an alert, unless the value is cooling down or the rule is still learning. */
  boolean raise(long at, Memory memory, Finding finding) {
    if (at < limits.from() || at < freeAt(memory)) {
      return false;
    }
    memory.raised = at;
    add(Alert.RAISED, at, finding);
    return true;
  }

  /** Tells that the alert of a memory is over. */
  void clear(long at, Memory memory, Finding finding) {
    memory.active = false;
    add(Alert.CLEARED, at, finding);
  }

  private void add(String event, long at, Finding finding) {
    List<Sighting> posts = finding.evidence();
    List<Row> evidence = new ArrayList<>();
    for (Sighting post :
        posts.subList(Math.max(0, posts.size() - limits.evidence()), posts.size())) {
      evidence.add(RowFactory.create(post.network(), post.id(), post.author(), post.at()));
    }
    RobustScore score = finding.score();
    alerts.add(
        RowFactory.create(
            id(event, at),
            limits.rule(),
            kind,
            event,
            value.isEmpty() ? null : value,
            at,
            finding.since(),
            finding.observed(),
            finding.expected(),
            score == null ? null : score.score(),
            limits.rule() + ": " + finding.text(),
            evidence.toArray(Row[]::new)));
  }

  private String id(String event, long at) {
    String parts = String.join("\u0000", limits.rule(), kind, event, value, Long.toString(at));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Objects.requireNonNull(time));
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
