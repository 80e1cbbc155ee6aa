package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.streaming.alert.Raising.Finding;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No post for a time, after there were some. A tick of the clock begins it, too, so that a stream
 * which never brings anything is missed.
 *
 * @param silence in microseconds
 * @param forgets whether a value that stays away for long is no longer expected
 */
record Absence(long silence, boolean forgets) implements Condition {
  /** After so many times the silence a value is no longer expected. */
  private static final long GIVEN_UP = 10;

  @Override
  public String kind() {
    return "absence";
  }

  @Override
  public void see(Sighting post, Memory memory, Raising raising) {
    if (Sighting.TICK.equals(post.term())) {
      if (memory.last == null) {
        memory.last = post.at();
        memory.seen = raising.limits().least();
      }
      return;
    }
    memory.last = post.at();
    memory.seen++;
    memory.recent.clear();
    memory.recent.add(post);
    if (memory.active) {
      raising.clear(
          post.at(),
          memory,
          new Finding(post.at(), 1, 1, null, raising.subject() + " again", List.of(post)));
    }
  }

  @Override
  public void comeTo(long time, Memory memory, Raising raising) {
    Long last = memory.last;
    if (last == null || memory.active || memory.seen < raising.limits().least()) {
      return;
    }
    long at = Math.max(last + silence, raising.freeAt(memory));
    if (at < time) {
      String text = "no " + raising.subject() + " for " + Duration.ofNanos(silence * 1_000);
      memory.active =
          raising.raise(
              at, memory, new Finding(last, 0, 1, null, text, List.copyOf(memory.recent)));
    }
  }

  @Override
  public @Nullable Long nextCheck(Memory memory) {
    Long last = memory.last;
    if (last == null || (memory.active && !forgets)) {
      return null;
    }
    return memory.active ? last + GIVEN_UP * silence : last + silence;
  }

  @Override
  public boolean isForgotten(long time, Memory memory) {
    Long last = memory.last;
    return last == null || (forgets && last + GIVEN_UP * silence < time);
  }
}
