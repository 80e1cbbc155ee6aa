package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.streaming.progress.QueryHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** State and heap of a stream on the way, each look after a collection. */
final class StreamGrowth {
  static final List<Integer> TENTHS =
      IntStream.rangeClosed(1, 10).map(i -> i * 10).boxed().toList();
  static final List<Integer> HEAP = List.of(10, 50, 100);

  private final long events;
  private final List<Integer> perCent;
  private final Consumer<String> listener;
  private final List<Map<String, Object>> marks = new ArrayList<>();

  /**
   * Looks at so many per cent of the events.
   *
   * @param listener hears of each look
   */
  StreamGrowth(long events, List<Integer> perCent, Consumer<String> listener) {
    this.events = events;
    this.perCent = perCent;
    this.listener = listener;
  }

  /** Looks if it is time. */
  synchronized void look(QueryHealth health) {
    long done = health.totals().inputRows();
    if (marks.size() == perCent.size() || done * 100 < events * perCent.get(marks.size())) {
      return;
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> mark = new LinkedHashMap<>();
    mark.put("events", done);
    mark.put("duplicates", health.totals().duplicateRows());
    mark.put("stateRows", health.stateRows());
    if (health.stateBytes() != null) {
      mark.put("stateBytes", health.stateBytes());
    }
    mark.put("heapBytes", runtime.totalMemory() - runtime.freeMemory());
    marks.add(mark);
    listener.accept(mark.toString());
  }

  synchronized List<Map<String, Object>> marks() {
    return List.copyOf(marks);
  }
}
