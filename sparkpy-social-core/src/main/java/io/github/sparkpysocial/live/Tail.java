package io.github.sparkpysocial.live;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last frames of a connection. They are read once more when it ends, to know where to go on:
 * the consumer may not have come so far. Not thread-safe.
 */
final class Tail {
  private static final int MOST = 200;
  private static final int MOST_CHARS = 2 << 20;

  /** Networks deliver out of order, X within about seven seconds: so much is asked for again. */
  private static final Duration DISORDER = Duration.ofSeconds(10);

  /** A post dated further from the others does not say where the stream is. */
  private static final Duration PLAUSIBLE = Duration.ofDays(1);

  private record Entry(Frame frame, Instant at) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private int chars;

  void add(Frame frame, Instant at) {
    entries.add(new Entry(frame, at));
    chars += frame.text().length();
    while (entries.size() > MOST || (chars > MOST_CHARS && entries.size() > 1)) {
      chars -= entries.remove().frame.text().length();
    }
  }

  void clear() {
    entries.clear();
    chars = 0;
  }

  /**
   * Returns where to go on, or {@code null} if no message brought anything.
   *
   * @param source reads the frames
   */
  @Nullable LiveMark mark(LiveSource source) {
    String resumeAt = null;
    Instant takenAt = null;
    List<Position> positions = new ArrayList<>();
    while (!entries.isEmpty()) {
      Entry entry = entries.removeLast();
      if (takenAt != null && entry.at.isBefore(takenAt.minus(DISORDER)) && !positions.isEmpty()) {
        break;
      }
      LiveMessage message = read(source, entry.frame);
      if (message == null || message.kind() != LiveMessage.Kind.RECORDS) {
        continue;
      }
      takenAt = takenAt == null ? entry.at : takenAt;
      resumeAt = resumeAt == null ? message.resumeAt() : resumeAt;
      Position position = position(message.records());
      if (position != null) {
        positions.add(position);
      }
    }
    clear();
    return takenAt == null ? null : new LiveMark(resumeAt, takenAt, oldestPlausible(positions));
  }

  private static @Nullable LiveMessage read(LiveSource source, Frame frame) {
    try {
      return source.decode(frame);
    } catch (RuntimeException e) {
      return null; // the consumer will set it aside
    }
  }

  /** Returns the oldest of those that are near the middle one, since anybody may misdate a post. */
  private static @Nullable Position oldestPlausible(List<Position> positions) {
    if (positions.isEmpty()) {
      return null;
    }
    List<Position> sorted = new ArrayList<>(positions);
    sorted.sort(Comparator.comparing(Tail::time));
    Instant middle = time(sorted.get(sorted.size() / 2));
    return sorted.stream()
        .filter(position -> !time(position).isBefore(middle.minus(PLAUSIBLE)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns where a message stands: at the newest of its posts, since those it refers to are older,
   * or {@code null} if it has none that is dated.
   */
  static @Nullable Position position(List<SocialRecord> records) {
    return records.stream()
        .filter(Post.class::isInstance)
        .map(Post.class::cast)
        .filter(post -> post.createdAt() != null)
        .map(post -> new Position(post.id(), post.createdAt()))
        .max(Comparator.comparing(Tail::time))
        .orElse(null);
  }

  private static Instant time(Position position) {
    return position.at() == null ? Instant.EPOCH : position.at();
  }
}
