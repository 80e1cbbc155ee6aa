package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a recording into a journal as if it happened now: with the pauses between its posts, so
 * many times as fast. A recorder that comes later goes on where the one before it stopped.
 */
final class ReplayFeed implements Feed {
  private static final int BATCH_ENTRIES = 500;
  private static final Duration LONGEST_SLEEP = Duration.ofMillis(100);

  private final PlaceUri recording;
  private final double speed;
  private final Timing timing;
  private volatile boolean stopped;

  /**
   * Makes a replay.
   *
   * @param speed how many times as fast, positive; infinite for no pauses
   */
  ReplayFeed(PlaceUri recording, double speed, Timing timing) {
    this.recording = recording;
    this.speed = speed;
    this.timing = timing;
  }

  @Override
  public String place() {
    return "replay:" + recording;
  }

  @Override
  public void run(RecorderIntake intake) {
    long done = intake.before().count();
    long count = 0;
    Pace pace = new Pace();
    try (Refused refused = new Refused(intake, done > 0);
        RecordStore store = Places.openStore(recording, StoreOptions.with(refused));
        RecordCursor cursor = store.readAll()) {
      intake.event(Kind.CONNECTED, StreamEvent.said(null));
      while (!stopped && cursor.hasNext()) {
        SocialRecord record = cursor.next();
        if (++count <= done) {
          continue;
        }
        if (!pace.isDue(record)) {
          commit(intake, count - 1);
          pace.await(record);
          if (stopped) {
            return; // the record has not happened yet
          }
        }
        intake.records(List.of(record), List.of());
        if (intake.uncommitted() >= BATCH_ENTRIES) {
          commit(intake, count);
        }
      }
      commit(intake, count);
      intake.repeated(cursor.duplicates());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(RecorderIntake intake, long count) {
    if (intake.uncommitted() > 0) {
      intake.commit(new FeedState(place(), null, List.of(), null, count));
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {}

  /** When a record is to come. What has no time, or an earlier one than others, comes at once. */
  private final class Pace {
    private @Nullable Instant firstPost;
    private Instant begun = Instant.EPOCH;

    boolean isDue(SocialRecord record) {
      return !timing.now().isBefore(due(record));
    }

    void await(SocialRecord record) throws InterruptedException {
      Instant due = due(record);
      while (!stopped) {
        Duration left = Duration.between(timing.now(), due);
        if (left.isZero() || left.isNegative()) {
          return;
        }
        timing.sleep(left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left);
      }
    }

    private Instant due(SocialRecord record) {
      Instant at = record instanceof Post post ? post.createdAt() : null;
      if (at == null || Double.isInfinite(speed)) {
        return Instant.MIN;
      }
      if (firstPost == null) {
        firstPost = at;
        begun = timing.now();
      }
      double seconds = Duration.between(firstPost, at).toMillis() / 1000.0 / speed;
      return begun.plusNanos((long) (seconds * 1e9));
    }
  }

  /** Writes what cannot be read into the journal, too, unless an earlier recorder did. */
  private record Refused(RecorderIntake intake, boolean known) implements Quarantine {
    @Override
    public void setAside(Rejected rejected) {
      if (!known) {
        intake.records(List.of(), List.of(rejected));
      }
    }

    @Override
    public long count() {
      return intake.status().rejected();
    }

    @Override
    public void close() {}
  }
}
