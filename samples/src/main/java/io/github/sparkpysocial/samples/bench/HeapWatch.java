package io.github.sparkpysocial.samples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the heap after a collection, when so many per cent of the work are done. */
final class HeapWatch {
  private static final int[] PER_CENT = {10, 50, 100};

  private final long whole;
  private final List<Map<String, Object>> marks = new ArrayList<>();

  HeapWatch(long whole) {
    this.whole = whole;
  }

  /**
   * Looks if it is time.
   *
   * @param done how much of the whole is done
   * @param records how many records that made
   */
  void look(long done, long records) {
    if (marks.size() < PER_CENT.length - 1 && done * 100 >= whole * PER_CENT[marks.size()]) {
      mark(records);
    }
  }

  private void mark(long records) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> mark = new LinkedHashMap<>();
    mark.put("records", records);
    mark.put("bytes", runtime.totalMemory() - runtime.freeMemory());
    marks.add(mark);
  }

  /** Returns what was seen, with the end added. */
  List<Map<String, Object>> finish(long records) {
    mark(records);
    return List.copyOf(marks);
  }
}
