package io.github.sparkpysocial.streaming.alert;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a rule waits for. It sees the posts of one value in the order of their times and is told how
 * far time has come; all it knows is in a {@link Memory}. Times are microseconds since 1970.
 */
interface Condition extends Serializable {

  /** Returns the kind of rule, as alerts tell it. */
  String kind();

  /** Regards a post; time has come to it before. */
  void see(Sighting post, Memory memory, Raising raising);

  /** Regards that every post before a time, itself not included, has been seen. */
  void comeTo(long time, Memory memory, Raising raising);

  /** Returns when it has to be told of the time even if no post comes, or {@code null} if never. */
  @Nullable Long nextCheck(Memory memory);

  /** Returns whether nothing of the memory matters any more at a time. */
  boolean isForgotten(long time, Memory memory);
}
