package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.streaming.alert.Raising.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that was not there before.
 *
 * @param memory for how long after its last post a value is remembered, in microseconds
 */
record FirstSeen(long memory) implements Condition {

  @Override
  public String kind() {
    return "first-seen";
  }

  @Override
  public void see(Sighting post, Memory known, Raising raising) {
    known.last = post.at();
    known.seen++;
    long least = raising.limits().least();
    if (known.seen <= least) {
      known.recent.add(post);
      if (known.recent.size() > raising.limits().evidence()) {
        known.recent.remove(0);
      }
    }
    if (known.seen == least) {
      String text = raising.subject() + " for the first time";
      boolean unused =
          raising.raise(
              post.at(),
              known,
              new Finding(post.at(), least, least, null, text, List.copyOf(known.recent)));
      known.recent.clear();
    }
  }

  @Override
  public void comeTo(long time, Memory known, Raising raising) {
    Long last = known.last;
    if (last != null && last + memory < time) {
      known.last = null;
      known.seen = 0;
      known.recent.clear();
    }
  }

  @Override
  public @Nullable Long nextCheck(Memory known) {
    Long last = known.last;
    return last == null ? null : Long.valueOf(last + memory);
  }

  @Override
  public boolean isForgotten(long time, Memory known) {
    return known.last == null;
  }
}
