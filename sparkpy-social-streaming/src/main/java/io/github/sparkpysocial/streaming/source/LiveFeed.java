package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveEvent;
import io.github.sparkpysocial.live.LiveMark;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveStream;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings a live stream, its holes and its connections into a journal. */
final class LiveFeed implements Feed {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final LiveSource source;
  private final LiveStream.Builder stream;
  private final int batchEntries;
  private final List<Hole> holes = new ArrayList<>();
  private @Nullable String resumeAt;
  private @Nullable Instant takenAt;
  private @Nullable Position last;
  private volatile boolean stopped;

  LiveFeed(LiveSource source, LiveStream.Builder stream, int batchEntries) {
    this.source = source;
    this.stream = stream;
    this.batchEntries = batchEntries;
  }

  @Override
  public String place() {
    return source.uri().toString();
  }

  @Override
  public void run(RecorderIntake intake) {
    LiveMark mark = intake.before().mark();
    holes.addAll(intake.before().holes());
    if (mark != null) {
      resumeAt = mark.resumeAt();
      takenAt = mark.takenAt();
      last = mark.last();
    }
    try (LiveStream open = stream.after(mark).holes(intake.before().holes()).open()) {
      while (!stopped) {
        // what has come is committed as soon as nothing more waits: a batch never waits for another
        LiveEvent event = open.next(intake.uncommitted() > 0 ? Duration.ZERO : LONGEST_WAIT);
        if (event != null) {
          take(event, intake);
        } else if (open.isClosed()) {
          break;
        }
        if (intake.uncommitted() >= batchEntries || (event == null && intake.uncommitted() > 0)) {
          intake.commit(state());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (intake.uncommitted() > 0) {
        intake.commit(state());
      }
    }
  }

  private FeedState state() {
    LiveMark mark = takenAt == null ? null : new LiveMark(resumeAt, takenAt, last);
    return new FeedState(place(), mark, holes, null, 0);
  }

  private void take(LiveEvent event, RecorderIntake intake) {
    if (event instanceof LiveEvent.Records records) {
      intake.records(records.records(), records.rejected());
      if (!records.filled()) {
        takenAt = records.at();
        resumeAt = records.resumeAt() == null ? resumeAt : records.resumeAt();
        records.records().forEach(this::note);
      }
    } else if (event instanceof LiveEvent.Connected connected) {
      takenAt = takenAt == null ? connected.at() : takenAt;
      intake.event(Kind.CONNECTED, StreamEvent.said(connected.resumedAt()));
    } else if (event instanceof LiveEvent.Disconnected ended) {
      intake.event(Kind.DISCONNECTED, StreamEvent.said(ended.reason()));
    } else if (event instanceof LiveEvent.HoleOpened opened) {
      holes.add(opened.hole());
      intake.event(Kind.HOLE_OPENED, StreamEvent.of(opened.hole(), opened.hole().reason()));
      intake.commit(state()); // nothing that came after a hole is durable without it
    } else if (event instanceof LiveEvent.HoleFilled filled) {
      holes.remove(filled.hole());
      intake.event(Kind.HOLE_FILLED, StreamEvent.of(filled.hole(), filled.found() + " items"));
    } else if (event instanceof LiveEvent.HoleKept kept) {
      // it stays in the state: the next recorder tries again
      intake.event(Kind.HOLE_KEPT, StreamEvent.of(kept.hole(), kept.reason()));
    } else if (event instanceof LiveEvent.Notice notice) {
      intake.event(Kind.NOTICE, StreamEvent.said(notice.text()));
    }
  }

  private void note(SocialRecord record) {
    Instant at = record instanceof Post post ? post.createdAt() : null;
    if (at != null && (last == null || last.at() == null || at.isAfter(last.at()))) {
      last = new Position(record.id(), at);
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    source.close();
  }
}
