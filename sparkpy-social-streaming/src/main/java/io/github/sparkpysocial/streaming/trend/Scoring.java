package io.github.sparkpysocial.streaming.trend;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.StringTokenizer;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.GroupState;

/**
 * Counts the posts of one value by window and scores the windows that are complete. What Spark
 * keeps is text: {@code window:count} for each window that still matters, then whether it was
 * scored.
 */
final class Scoring implements FlatMapGroupsWithStateFunction<String, Row, String, Row> {
  private static final long serialVersionUID = 1L;

  private final long length;
  private final int past;
  private final boolean streaming;

  /**
   * Makes the function.
   *
   * @param length of a window in microseconds
   * @param past how many windows are compared
   */
  Scoring(long length, int past, boolean streaming) {
    this.length = length;
    this.past = past;
    this.streaming = streaming;
  }

  @Override
  public Iterator<Row> call(String value, Iterator<Row> rows, GroupState<String> state) {
    NavigableMap<Long, Long> counts = new TreeMap<>();
    long scored = state.exists() ? read(state.get(), counts) : Long.MIN_VALUE;
    while (rows.hasNext()) {
      long unused = counts.merge(Math.floorDiv(rows.next().getLong(1), length), 1L, Long::sum);
    }
    long open =
        streaming
            ? Math.floorDiv((state.getCurrentWatermarkMs() + 1) * 1_000, length)
            : Long.MAX_VALUE;
    List<Row> found = new ArrayList<>();
    for (Map.Entry<Long, Long> window : counts.subMap(scored, open).entrySet()) {
      found.add(row(value, window.getKey(), window.getValue(), counts));
    }
    if (streaming) {
      keep(state, counts, open);
    }
    return found.iterator();
  }

  private Row row(String value, long window, long count, Map<Long, Long> counts) {
    long[] before = new long[past];
    for (int i = 0; i < past; i++) {
      before[i] = counts.getOrDefault(window - 1 - i, 0L);
    }
    RobustScore score = RobustScore.of(count, before);
    return RowFactory.create(
        window * length,
        (window + 1) * length,
        value,
        count,
        score.median(),
        score.spread(),
        score.score());
  }

  /** Keeps the counts that a window to come is compared with. */
  private void keep(GroupState<String> state, NavigableMap<Long, Long> counts, long open) {
    counts.headMap(open - past).clear();
    if (counts.isEmpty()) {
      state.remove();
      return;
    }
    StringBuilder text = new StringBuilder(Long.toString(open));
    counts.forEach((window, count) -> text.append(' ').append(window).append(':').append(count));
    state.update(text.toString());
    Long next = counts.ceilingKey(open);
    long check = next == null ? counts.lastKey() + past + 1 : next + 1;
    state.setTimeoutTimestamp(
        Math.max(check * length / 1_000 - 1, state.getCurrentWatermarkMs() + 1));
  }

  private static long read(String text, Map<Long, Long> counts) {
    StringTokenizer parts = new StringTokenizer(text, " :");
    long scored = Long.parseLong(parts.nextToken());
    while (parts.hasMoreTokens()) {
      counts.put(Long.parseLong(parts.nextToken()), Long.parseLong(parts.nextToken()));
    }
    return scored;
  }
}
