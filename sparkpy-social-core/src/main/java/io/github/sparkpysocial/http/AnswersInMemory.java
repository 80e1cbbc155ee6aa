package io.github.sparkpysocial.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers in memory; when it is full, what was not asked for longest goes. */
final class AnswersInMemory implements ConditionalCache.KeptAnswers {
  private final long maxBytes;
  private final Map<String, KeptAnswer> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  AnswersInMemory(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public synchronized @Nullable KeptAnswer find(String key) {
    return answers.get(key);
  }

  @Override
  public synchronized void keep(String key, KeptAnswer answer) {
    drop(key);
    if (answer.sizeBytes() > maxBytes) {
      return;
    }
    answers.put(key, answer);
    bytes += answer.sizeBytes();
    Iterator<KeptAnswer> longestUnused = answers.values().iterator();
    while (bytes > maxBytes) {
      bytes -= longestUnused.next().sizeBytes();
      longestUnused.remove();
    }
  }

  @Override
  public synchronized void drop(String key) {
    KeptAnswer dropped = answers.remove(key);
    if (dropped != null) {
      bytes -= dropped.sizeBytes();
    }
  }

  @Override
  public synchronized String toString() {
    return answers.size() + " answers, " + bytes + " bytes in memory";
  }
}
