package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.streaming.alert.Raising.Finding;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * So many posts in a time that slides along, its start excluded. The newest {@code posts} of them
 * are remembered, which is enough to know.
 *
 * @param within in microseconds
 * @param clearBelow with how many posts in that time it is over
 */
record Threshold(int posts, long within, int clearBelow) implements Condition {

  @Override
  public String kind() {
    return "threshold";
  }

  @Override
  public void see(Sighting post, Memory memory, Raising raising) {
    List<Sighting> recent = memory.recent;
    recent.add(post);
    while (recent.size() > posts || recent.get(0).at() <= post.at() - within) {
      recent.remove(0);
    }
    if (!memory.active && recent.size() >= posts) {
      memory.active =
          raising.raise(
              post.at(),
              memory,
              finding(post.at(), posts, "at least %d %s in %s", memory, raising));
    }
  }

  @Override
  public void comeTo(long time, Memory memory, Raising raising) {
    if (memory.active && clearAt(memory) < time) {
      long at = clearAt(memory);
      raising.clear(
          at, memory, finding(at, clearBelow - 1, "now at most %d %s in %s", memory, raising));
    }
  }

  /** Returns when the post leaves the window without which there are too few. */
  private long clearAt(Memory memory) {
    return memory.recent.get(Math.max(0, memory.recent.size() - clearBelow)).at() + within;
  }

  private Finding finding(long at, int counted, String text, Memory memory, Raising raising) {
    Duration time = Duration.ofNanos(within * 1_000);
    return new Finding(
        at - within,
        counted,
        posts,
        null,
        String.format(java.util.Locale.ROOT, text, counted, raising.subject(), time),
        List.copyOf(memory.recent));
  }

  @Override
  public @Nullable Long nextCheck(Memory memory) {
    if (memory.recent.isEmpty()) {
      return null;
    }
    return memory.active
        ? clearAt(memory)
        : memory.recent.get(memory.recent.size() - 1).at() + within;
  }

  @Override
  public boolean isForgotten(long time, Memory memory) {
    List<Sighting> recent = memory.recent;
    return !memory.active
        && (recent.isEmpty() || recent.get(recent.size() - 1).at() + within < time);
  }
}
