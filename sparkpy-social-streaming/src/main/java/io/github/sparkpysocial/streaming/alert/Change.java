package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.streaming.alert.Raising.Finding;
import io.github.sparkpysocial.streaming.trend.RobustScore;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A window with many more posts, or many fewer, than past windows had. Past windows are those just
 * before, or, {@code stride} windows apart, those of the same time on other days.
 *
 * @param length of a window in microseconds
 * @param windows how many past ones are compared
 * @param stride how many windows apart they are
 * @param score from which score on it is unusual; below 0 for a fall
 * @param clear at which score it is over, nearer to 0
 */
record Change(long length, int windows, long stride, double score, double clear)
    implements Condition {

  @Override
  public String kind() {
    return "change";
  }

  @Override
  public void see(Sighting post, Memory memory, Raising raising) {
    long window = Math.floorDiv(post.at(), length);
    if (memory.firstWindow == null) {
      memory.firstWindow = window;
    }
    if (memory.window == null) {
      memory.window = window;
    }
    long unused = memory.counts.merge(window, 1L, Long::sum);
    memory.recent.removeIf(one -> Math.floorDiv(one.at(), length) < window);
    memory.recent.add(post);
    if (memory.recent.size() > raising.limits().evidence()) {
      memory.recent.remove(0);
    }
  }

  @Override
  public void comeTo(long time, Memory memory, Raising raising) {
    Long window = memory.window;
    while (window != null && (window + 1) * length <= time) {
      close(window, memory, raising);
      memory.counts.headMap(window + 1 - windows * stride).clear();
      window = memory.counts.isEmpty() && !memory.active ? null : Long.valueOf(window + 1);
    }
    memory.window = window;
  }

  private void close(long window, Memory memory, Raising raising) {
    Long first = memory.firstWindow;
    if (first == null || window - windows * stride < first) {
      return; // not enough is known yet
    }
    long[] past = new long[windows];
    for (int i = 0; i < windows; i++) {
      past[i] = memory.counts.getOrDefault(window - (i + 1) * stride, 0L);
    }
    RobustScore found = RobustScore.of(memory.counts.getOrDefault(window, 0L), past);
    long end = (window + 1) * length;
    if (memory.active) {
      if (score > 0 ? found.score() <= clear : found.score() >= clear) {
        raising.clear(end, memory, finding(window, found, memory, raising));
      }
    } else if (isUnusual(found, raising.limits().least())) {
      memory.active = raising.raise(end, memory, finding(window, found, memory, raising));
    }
  }

  private boolean isUnusual(RobustScore found, long least) {
    return score > 0
        ? found.score() >= score && found.count() >= least
        : found.score() <= score && found.median() >= least;
  }

  private Finding finding(long window, RobustScore found, Memory memory, Raising raising) {
    String text =
        String.format(
            Locale.ROOT,
            "%d %s where %.1f are usual (score %.1f)",
            found.count(),
            raising.subject(),
            found.median(),
            found.score());
    List<Sighting> posts =
        memory.recent.stream().filter(one -> Math.floorDiv(one.at(), length) == window).toList();
    return new Finding(window * length, found.count(), found.median(), found, text, posts);
  }

  @Override
  public @Nullable Long nextCheck(Memory memory) {
    Long window = memory.window;
    return window == null ? null : Long.valueOf((window + 1) * length);
  }

  @Override
  public boolean isForgotten(long time, Memory memory) {
    return memory.counts.isEmpty() && !memory.active;
  }
}
