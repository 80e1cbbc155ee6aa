package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes pages durable and counts what was on them. Used by one thread. */
final class Intake implements AutoCloseable {
  private static final int MOST_SET_ASIDE = 1_000;

  private final RecordStore store;
  private final RecordKind kind;
  private final @Nullable Quarantine given;
  private final @Nullable Path file;
  private final @Nullable ErasureLog erasures;
  private final TreeMap<String, Long> unknownFields = new TreeMap<>();
  private final List<Rejected> kept = new ArrayList<>();
  private @Nullable Quarantine own;
  private WriteSummary written = WriteSummary.NONE;
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
   */
  Intake(
      RecordStore store,
      RecordKind kind,
      @Nullable Quarantine given,
      @Nullable Path file,
      @Nullable ErasureLog erasures) {
    this.store = store;
    this.kind = kind;
    this.given = given;
    this.file = file;
    this.erasures = erasures;
  }

  /** Makes the records of a page durable. */
  void keep(Page page) {
    write(page.records());
    page.rejected().forEach(this::setAside);
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

  /** Writes tombstones one by one if each has to have its receipt. */
  private void write(List<SocialRecord> records) {
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
