package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes pages durable and counts what was on them. Used by one thread, or by two that wait for each
 * other: while one writes, the other may take pages, but looks at no count.
 */
final class Intake implements AutoCloseable {
  private static final int MOST_SET_ASIDE = 1_000;

  /** As many bytes of pages may wait; twice that is held, since as many are being written. */
  private static final long MOST_WAITING = 8 << 20;

  private final RecordStore store;
  private final RecordKind kind;
  private final @Nullable Quarantine given;
  private final @Nullable Path file;
  private final @Nullable ErasureLog erasures;
  private final Duration patience;
  private final Timing timing;
  private final boolean countsAhead;
  private final List<Page> waiting = new ArrayList<>();
  private final TreeMap<String, Long> unknownFields = new TreeMap<>();
  private final List<Rejected> kept = new ArrayList<>();
  private @Nullable Quarantine own;
  private WriteSummary written = WriteSummary.NONE;
  private Instant flushedAt = Instant.EPOCH;
  private long waitingBytes;
  private long pages;
  private long items;
  private long fetched;
  private long tombstones;
  private long rejected;

  /**
   * Makes one.
   *
   * @param given where to set things aside, or {@code null}
   * @param file where to do so if {@code given} is null, or {@code null} for memory
   * @param patience how long pages may wait to be made durable together
   * @param countsAhead whether what is on a page is counted when it is taken, which reads it there,
   *     or when it is made durable
   */
  Intake(
      RecordStore store,
      RecordKind kind,
      @Nullable Quarantine given,
      @Nullable Path file,
      @Nullable ErasureLog erasures,
      Duration patience,
      Timing timing,
      boolean countsAhead) {
    this.store = store;
    this.kind = kind;
    this.given = given;
    this.file = file;
    this.erasures = erasures;
    this.patience = patience;
    this.timing = timing;
    this.countsAhead = countsAhead;
  }

  /** Makes one that makes every page durable by itself. */
  Intake(
      RecordStore store,
      RecordKind kind,
      @Nullable Quarantine given,
      @Nullable Path file,
      @Nullable ErasureLog erasures) {
    this(store, kind, given, file, erasures, Duration.ZERO, Timing.system(), false);
  }

  /** Makes the records of a page durable. */
  void keep(Page page) {
    take(page);
    write(drain());
  }

  /** Takes a page, which waits until it is made durable. */
  void take(Page page) {
    waiting.add(page);
    waitingBytes += page.size();
    if (countsAhead) {
      count(page);
    }
  }

  private void count(Page page) {
    pages++;
    fetched += page.records().size();
    rejected += page.rejected().size();
    for (SocialRecord record : page.records()) {
      if (record.recordKind() == kind) {
        items++;
      } else if (record instanceof Tombstone) {
        tombstones++;
      }
    }
    for (Map.Entry<String, Long> field : page.unknownFields().entrySet()) {
      unknownFields.merge(field.getKey(), field.getValue(), Long::sum);
    }
  }

  /**
   * Returns whether it is time to make durable what was taken. Making each page durable by itself
   * costs more than reading it when pages come fast, and nothing is won by it when they come
   * slowly.
   */
  boolean isDue() {
    return waitingBytes >= MOST_WAITING
        || Duration.between(flushedAt, timing.now()).compareTo(patience) >= 0;
  }

  /** Returns whether every page has to be durable before the next one is asked for. */
  boolean isImpatient() {
    return patience.isZero();
  }

  /** Returns the pages that wait; they are the caller's now. */
  List<Page> drain() {
    List<Page> pages = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    flushedAt = timing.now();
    return pages;
  }

  /** Reads pages, if nobody has, and makes them durable. A failed one stays undone. */
  void write(List<Page> pages) {
    if (!pages.isEmpty()) {
      if (!countsAhead) {
        pages.forEach(this::count);
      }
      List<SocialRecord> records = new ArrayList<>();
      pages.forEach(page -> records.addAll(page.records()));
      writeRecords(records);
      pages.forEach(page -> page.rejected().forEach(this::setAside));
    }
  }

  /** Writes tombstones one by one if each has to have its receipt. */
  private void writeRecords(List<SocialRecord> records) {
    if (erasures == null || records.stream().noneMatch(Tombstone.class::isInstance)) {
      written = written.plus(store.write(records));
      return;
    }
    written =
        written.plus(store.write(records.stream().filter(r -> !(r instanceof Tombstone)).toList()));
    for (SocialRecord record : records) {
      if (record instanceof Tombstone tombstone) {
        WriteSummary erased = store.write(List.of(tombstone));
        erasures.receipt(tombstone, store.uri().toString(), erased);
        written = written.plus(erased);
      }
    }
  }

  private void setAside(Rejected item) {
    if (given != null) {
      given.setAside(item);
    } else if (file != null) {
      if (own == null) {
        own = Quarantine.toFile(file);
      }
      own.setAside(item);
    } else if (kept.size() < MOST_SET_ASIDE) {
      kept.add(item);
    }
  }

  WriteSummary written() {
    return written;
  }

  long pages() {
    return pages;
  }

  long items() {
    return items;
  }

  long fetched() {
    return fetched;
  }

  long tombstones() {
    return tombstones;
  }

  long rejected() {
    return rejected;
  }

  Map<String, Long> unknownFields() {
    return unknownFields;
  }

  /** Returns the file of its own, if something is in it. */
  @Nullable Path quarantine() {
    return own == null ? null : file;
  }

  List<Rejected> setAside() {
    return kept;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
