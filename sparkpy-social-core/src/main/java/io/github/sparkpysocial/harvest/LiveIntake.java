package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveEvent;
import io.github.sparkpysocial.live.LiveMark;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.WriteSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a stream brings into batches, makes them durable, and notes in the ledger how far
 * the stream was taken. Used by one thread.
 */
final class LiveIntake {
  private final String from;
  private final String to;
  private final Ledger ledger;
  private final Intake intake;
  private final List<SocialRecord> batch = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final Map<String, Long> unknownFields = new HashMap<>();
  private @Nullable Instant coveredFrom;
  private @Nullable Instant coveredTo;
  private @Nullable Position newest;
  private @Nullable String resumeAt;
  private boolean marked;
  private long holes;
  private long waiting;
  private long filled;
  private long connections;

  /**
   * Makes one.
   *
   * @param mark how far the run before came, or {@code null}
   * @param holes how many holes the runs before left to be filled
   */
  LiveIntake(
      String from, String to, Ledger ledger, Intake intake, @Nullable LiveMark mark, long holes) {
    this.from = from;
    this.to = to;
    this.ledger = ledger;
    this.intake = intake;
    this.coveredFrom = mark == null ? null : mark.takenAt();
    this.newest = mark == null ? null : mark.last();
    this.resumeAt = mark == null ? null : mark.resumeAt();
    this.holes = holes;
    this.waiting = holes;
  }

  /** Takes an event; what it brings is durable after the next {@link #flush()} at the latest. */
  void take(LiveEvent event) {
    if (event instanceof LiveEvent.Records records) {
      take(records);
    } else if (event instanceof LiveEvent.Connected connected) {
      connections++;
      coveredFrom = coveredFrom == null ? connected.at() : coveredFrom;
    } else if (event instanceof LiveEvent.HoleOpened opened) {
      flush();
      Hole hole = opened.hole();
      ledger.noteHole(
          from, to, new LedgerHole(hole.last(), null, hole.from(), hole.to(), hole.reason(), null));
      holes++;
      waiting++;
    } else if (event instanceof LiveEvent.HoleFilled done) {
      flush();
      ledger.noteFilled(from, to, done.hole().from(), done.hole().to());
      filled++;
      waiting--;
    } else if (event instanceof LiveEvent.HoleKept) {
      waiting--;
    }
  }

  private void take(LiveEvent.Records records) {
    batch.addAll(records.records());
    rejected.addAll(records.rejected());
    records.unknownFields().forEach((field, times) -> unknownFields.merge(field, times, Long::sum));
    if (records.filled()) {
      return;
    }
    marked = true;
    coveredTo = records.at();
    resumeAt = records.resumeAt() == null ? resumeAt : records.resumeAt();
    for (SocialRecord record : records.records()) {
      Instant at = record instanceof Post post ? post.createdAt() : null;
      if (at != null && (newest == null || newest.at() == null || at.isAfter(newest.at()))) {
        newest = new Position(record.id(), at);
      }
    }
  }

  /** Makes everything durable and notes it then. */
  void flush() {
    if (!batch.isEmpty() || !rejected.isEmpty() || !unknownFields.isEmpty()) {
      intake.keep(Page.of(new Page.Content(batch, rejected, unknownFields), null, null, null));
      batch.clear();
      rejected.clear();
      unknownFields.clear();
    }
    if (marked && coveredTo != null) {
      marked = false;
      ledger.noteStream(from, to, newest, coveredFrom, coveredTo, resumeAt);
    }
  }

  /** Returns how many records wait to be made durable. */
  int waitingRecords() {
    return batch.size();
  }

  /** Returns how many holes wait to be filled. */
  long waitingHoles() {
    return waiting;
  }

  /** Returns how many posts are durable or about to be. */
  long posts() {
    return intake.items() + batch.stream().filter(Post.class::isInstance).count();
  }

  /** Returns what is durable. */
  LiveHarvestReport report() {
    WriteSummary written = intake.written();
    return new LiveHarvestReport(
        intake.fetched(),
        written.inserted(),
        written.updated(),
        written.unchanged(),
        written.deleted(),
        intake.rejected() + written.quarantined(),
        holes,
        filled,
        Math.max(0, connections - 1),
        intake.unknownFields());
  }
}
