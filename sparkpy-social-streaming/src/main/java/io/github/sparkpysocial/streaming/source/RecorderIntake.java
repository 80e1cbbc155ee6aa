package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes what a feed brings into a journal and counts it. Written by one thread, read by any. */
final class RecorderIntake {
  private final Journal journal;
  private final FeedState before;
  private volatile long records;
  private volatile long rejected;
  private volatile long connections;
  private volatile long holes;
  private volatile long filled;
  private volatile long waiting;
  private volatile boolean connected;
  private volatile boolean ended;
  private volatile long heardAt = System.nanoTime();
  private int uncommitted;

  RecorderIntake(Journal journal, String place) {
    this.journal = journal;
    byte @Nullable [] state = journal.state();
    FeedState known = state == null ? FeedState.none(place) : FeedState.parse(state);
    if (!known.place().equals(place)) {
      throw new IllegalArgumentException(
          "The journal "
              + journal.directory()
              + " is of "
              + known.place()
              + ", not of "
              + place
              + "; give each source a journal of its own");
    }
    this.before = known;
    this.holes = known.holes().size();
    this.waiting = holes;
    for (String finding : journal.findings()) {
      event(Kind.NOTICE, StreamEvent.said(finding));
    }
  }

  /** Returns how far earlier recorders came. */
  FeedState before() {
    return before;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  void records(Collection<? extends SocialRecord> some, Collection<Rejected> refused) {
    for (SocialRecord record : some) {
      append(Kind.RECORD, RecordLine.of(record));
    }
    for (Rejected item : refused) {
      append(Kind.REJECTED, StreamEvent.of(item).toBytes());
    }
    records += some.size();
    rejected += refused.size();
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  void event(Kind kind, StreamEvent event) {
    append(kind, event.toBytes());
    switch (kind) {
      case CONNECTED -> {
        connections++;
        connected = true;
      }
      case DISCONNECTED -> connected = false;
      case HOLE_OPENED -> {
        holes++;
        waiting++;
      }
      case HOLE_FILLED -> {
        filled++;
        waiting--;
      }
      case HOLE_KEPT -> waiting--;
      default -> {}
    }
  }

  private void append(Kind kind, byte[] payload) {
    journal.append(kind, payload);
    uncommitted++;
    heardAt = System.nanoTime();
  }

  /** Returns how many entries wait for a commit. */
  int uncommitted() {
    return uncommitted;
  }

  /** Makes durable what came, and how far the source was taken with it. */
  void commit(FeedState state) {
    journal.append(Kind.STATE, state.toBytes());
    JournalPosition unused = journal.commit();
    uncommitted = 0;
  }

  void end() {
    ended = true;
    connected = false;
  }

  RecorderStatus status() {
    return new RecorderStatus(
        records,
        rejected,
        connections,
        holes,
        filled,
        waiting,
        connected,
        ended,
        System.nanoTime() - heardAt);
  }
}
