package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes what a feed brings into a journal and counts it. Written by one thread, read by any. */
final class RecorderIntake {
  /** How much is kept of what is too large. */
  private static final int KEPT_BYTES = 64 << 10;

  private final Journal journal;
  private final FeedState before;
  private final @Nullable Quarantine quarantine;
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong holes = new AtomicLong();
  private final AtomicLong filled = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean connected;
  private volatile boolean ended;
  private volatile long heardAt = System.nanoTime();
  private int uncommitted;

  RecorderIntake(Journal journal, String place, @Nullable Quarantine quarantine) {
    this.journal = journal;
    this.quarantine = quarantine;
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
    holes.set(known.holes().size());
    waiting.set(known.holes().size());
    for (String finding : journal.findings()) {
      event(Kind.NOTICE, StreamEvent.said(finding));
    }
  }

  /** Returns how far earlier recorders came. */
  FeedState before() {
    return before;
  }

  void records(Collection<? extends SocialRecord> some, Collection<Rejected> refused) {
    for (SocialRecord record : some) {
      byte[] line = RecordLine.of(record);
      if (line.length > Journal.MOST_PAYLOAD_BYTES) {
        reject(tooLarge(record, line));
      } else {
        append(Kind.RECORD, line);
        records.incrementAndGet();
      }
    }
    refused.forEach(this::reject);
  }

  private void reject(Rejected item) {
    byte[] event = StreamEvent.of(item).toBytes();
    if (event.length > Journal.MOST_PAYLOAD_BYTES) {
      event = StreamEvent.of(cut(item)).toBytes();
    }
    append(Kind.REJECTED, event);
    if (quarantine != null) {
      quarantine.setAside(item);
    }
    rejected.incrementAndGet();
  }

  /** A record that no entry can hold must not end the stream. */
  private Rejected tooLarge(SocialRecord record, byte[] line) {
    return new Rejected(
        before.place(),
        0,
        null,
        "The record "
            + record.key()
            + " has "
            + line.length
            + " bytes; an entry of a journal has at most "
            + Journal.MOST_PAYLOAD_BYTES,
        line);
  }

  private static Rejected cut(Rejected item) {
    return new Rejected(
        item.place(),
        item.line(),
        item.field(),
        item.reason() + " (only the first " + KEPT_BYTES + " bytes are kept)",
        Arrays.copyOf(item.raw(), KEPT_BYTES));
  }

  void event(Kind kind, StreamEvent event) {
    append(kind, event.toBytes());
    switch (kind) {
      case CONNECTED -> {
        connections.incrementAndGet();
        connected = true;
      }
      case DISCONNECTED -> connected = false;
      case HOLE_OPENED -> {
        holes.incrementAndGet();
        waiting.incrementAndGet();
      }
      case HOLE_FILLED -> {
        filled.incrementAndGet();
        waiting.decrementAndGet();
      }
      case HOLE_KEPT -> waiting.decrementAndGet();
      default -> {}
    }
  }

  /** Notes how often a recording has a record that it had before. */
  void repeated(long times) {
    repeated.set(times);
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
        records.get(),
        rejected.get(),
        repeated.get(),
        connections.get(),
        holes.get(),
        filled.get(),
        waiting.get(),
        connected,
        ended,
        System.nanoTime() - heardAt);
  }
}
