package io.github.sparkpysocial.streaming.alert;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rules see posts. Posts wait until the watermark has passed them and are then seen in the
 * order of their times; so it does not matter how they were cut into batches, or in which order
 * they came.
 */
final class Watching implements FlatMapGroupsWithStateFunction<String, Row, String, Row> {
  private static final long serialVersionUID = 1L;

  /** Stands between the name of a rule and a value; neither a name nor a value has it. */
  static final String SEPARATOR = "\u0001";

  private static final long MICROS = 1_000;

  private final Map<String, Rule> rules;
  private final @Nullable Long end;

  /** What of a rule travels to the executors. */
  record Rule(Condition condition, Raising.Limits limits) implements java.io.Serializable {}

  /**
   * Makes the function.
   *
   * @param rules by name
   * @param end the time of the last post of a batch, in microseconds; {@code null} for a stream
   */
  Watching(Map<String, Rule> rules, @Nullable Long end) {
    this.rules = Map.copyOf(rules);
    this.end = end;
  }

  @Override
  public Iterator<Row> call(String key, Iterator<Row> rows, GroupState<String> state) {
    int cut = key.indexOf(SEPARATOR);
    Rule rule = rules.get(key.substring(0, cut));
    if (rule == null) { // a rule that is no longer there, from an earlier run
      state.remove();
      return List.<Row>of().iterator();
    }
    Raising raising = new Raising(rule.limits(), rule.condition().kind(), key.substring(cut + 1));
    Memory memory = state.exists() ? Memory.parse(state.get()) : new Memory();
    while (rows.hasNext()) {
      memory.waiting.add(sighting(rows.next()));
    }
    memory.waiting.sort(Sighting.ORDER);
    Long last = end;
    long until = last == null ? (state.getCurrentWatermarkMs() + 1) * MICROS - 1 : last;
    pass(rule.condition(), memory, until, raising);
    if (last == null) {
      keep(state, rule.condition(), memory, raising);
    }
    return raising.alerts().iterator();
  }

  private static Sighting sighting(Row row) {
    return new Sighting(
        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
  }

  /** Goes through the posts up to a time, itself included. */
  private static void pass(Condition condition, Memory memory, long until, Raising raising) {
    int seen = 0;
    for (Sighting post : memory.waiting) {
      if (post.at() > until) {
        break;
      }
      condition.comeTo(post.at(), memory, raising);
      condition.see(post, memory, raising);
      seen++;
    }
    List<Sighting> left = new ArrayList<>(memory.waiting.subList(seen, memory.waiting.size()));
    memory.waiting.clear();
    memory.waiting.addAll(left);
    condition.comeTo(until + 1, memory, raising);
  }

  private static void keep(
      GroupState<String> state, Condition condition, Memory memory, Raising raising) {
    long watermark = state.getCurrentWatermarkMs();
    long now = (watermark + 1) * MICROS;
    long freeAt = raising.freeAt(memory);
    if (memory.waiting.isEmpty() && condition.isForgotten(now, memory) && freeAt <= now) {
      state.remove();
      return;
    }
    state.update(memory.toJson());
    Long check = condition.nextCheck(memory);
    if (check == null || condition.isForgotten(now, memory)) {
      check = freeAt;
    }
    if (!memory.waiting.isEmpty()) {
      check = check <= now ? first(memory) : Math.min(check, first(memory));
    }
    if (check > Long.MIN_VALUE) {
      state.setTimeoutTimestamp(Math.max(check / MICROS, watermark + 1));
    }
  }

  private static long first(Memory memory) {
    return Objects.requireNonNull(memory.waiting.get(0)).at();
  }
}
