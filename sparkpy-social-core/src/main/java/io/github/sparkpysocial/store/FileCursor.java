package io.github.sparkpysocial.store;

import io.github.sparkpysocial.internal.SeenFilter;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.spi.RoundedIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads files twice: first to learn which keys come more than once and which are deleted, then to
 * give each live record once, in its last version. Memory is two bytes a record, and thirty for
 * each that is repeated or deleted.
 */
final class FileCursor implements RecordCursor {
  private final Filter filter;
  private final Quarantine quarantine;
  private final List<DataFile> all;
  private final Iterator<DataFile> files;

  private final LineScan scan;
  private final KeyIndex lastVersions = new KeyIndex();
  private final KeyIndex deleted = new KeyIndex();
  private final RoundedIds.Census census = new RoundedIds.Census();

  private final Deque<SocialRecord> ready = new ArrayDeque<>();
  private final Map<String, Long> unknownFields = new TreeMap<>();
  private final Map<String, Long> notices = new TreeMap<>();
  private final @Nullable SpelledLine line;
  private boolean lineIsNext;
  private @Nullable DataFile file;
  private @Nullable ItemReader reader;
  private long ordinal;
  private long quarantined;
  private long duplicates;

  FileCursor(List<DataFile> files, Filter filter, Quarantine quarantine) {
    this(files, filter, quarantine, SipHash.withRandomKey(), null);
  }

  /**
   * Makes a cursor that gives lines as they are, where that will do.
   *
   * @param hash known to nobody who writes files
   * @param line holds the line while {@link #isLineNext}; without it there are records only
   */
  FileCursor(
      List<DataFile> files,
      Filter filter,
      Quarantine quarantine,
      SipHash hash,
      @Nullable SpelledLine line) {
    this.scan = new LineScan(hash);
    this.line = line;
    this.filter = filter;
    this.quarantine = quarantine;
    this.all = files;
    this.files = files.iterator();
    SeenFilter seen = new SeenFilter();
    for (DataFile each : files) {
      learn(each, seen);
    }
    ordinal = 0;
  }

  private void learn(DataFile each, SeenFilter seen) {
    try (ItemReader items = each.open()) {
      if (items instanceof JsonLineReader lines) {
        while (lines.advance()) {
          if (isNew(lines, seen)) {
            ordinal++;
          } else {
            learn(lines.item(), seen);
          }
        }
      } else {
        Item item;
        while ((item = items.next()) != null) {
          learn(item, seen);
        }
      }
    } catch (IOException e) {
      throw each.unreadable(e);
    }
  }

  /**
   * Returns whether a line is the first of its key, by what it looks like. Otherwise it has to be
   * read, as a tombstone has: broken, it must hide nothing.
   */
  private boolean isNew(JsonLineReader lines, SeenFilter seen) {
    return lines.isRecord(scan) && scan.kind() != RecordKind.TOMBSTONE && !seen.add(scan.key());
  }

  private void learn(Item item, SeenFilter seen) {
    long first = ordinal;
    for (SocialRecord record : item.records()) {
      Fingerprint key = scan.key(record.key());
      if (seen.add(key)) {
        lastVersions.put(key, ordinal);
      }
      if (record instanceof Tombstone tombstone) {
        deleted.put(scan.key(tombstone.target()), ordinal);
      }
      if (item.layout() == Item.Layout.FOREIGN) {
        census.add(record.id());
      }
      ordinal++;
    }
    ordinal = Math.max(ordinal, first + 1);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !lineIsNext) {
      if (reader == null) {
        if (!files.hasNext()) {
          return false;
        }
        file = files.next();
        reader = file.open();
      }
      take(reader, Objects.requireNonNull(file));
    }
    return true;
  }

  private void take(ItemReader items, DataFile from) {
    try {
      Item item = next(items);
      if (item == null) {
        if (!lineIsNext) {
          items.close();
          reader = null;
        }
        return;
      }
      long first = ordinal;
      item.unknownFields().forEach(name -> unknownFields.merge(name, 1L, Long::sum));
      item.notices().forEach(kind -> notices.merge(kind, 1L, Long::sum));
      BadItemException problem = item.problem();
      if (problem != null) {
        setAside(from, item, problem.field(), problem.reason(), item.raw());
      }
      for (FileFormat.RejectedPart part : item.rejected()) {
        setAside(from, item, null, part.reason(), part.raw().getBytes(StandardCharsets.UTF_8));
      }
      for (SocialRecord record : item.records()) {
        consider(record, item, from);
      }
      ordinal = Math.max(ordinal, first + 1); // an item without records counts, too
    } catch (IOException e) {
      throw from.unreadable(e);
    }
  }

  /** Returns the next item, or {@code null} at the end and where a line is next. */
  private @Nullable Item next(ItemReader items) throws IOException {
    SpelledLine spelled = line;
    if (spelled == null || !(items instanceof JsonLineReader lines)) {
      return items.next();
    }
    while (lines.advance()) {
      if (!lines.isRecord(scan) || !lines.isSpelled(spelled, scan.kind())) {
        return lines.item();
      }
      long at = ordinal++;
      boolean all = lastVersions.size() + deleted.size() == 0;
      if (all || isLive(scan.key(), at)) {
        lineIsNext = true;
        return null;
      }
    }
    return null;
  }

  /**
   * Returns whether the record at a place is the last of its key and not deleted; one that is not
   * the last is counted.
   */
  private boolean isLive(Fingerprint key, long at) {
    long last = lastVersions.get(key);
    boolean superseded = last != KeyIndex.ABSENT && last != at;
    duplicates += superseded ? 1 : 0;
    return !superseded && !deleted.contains(key);
  }

  private void consider(SocialRecord record, Item item, DataFile from) {
    long at = ordinal++;
    String suspicion =
        item.layout() == Item.Layout.FOREIGN && record instanceof Post
            ? census.suspicion(record.id())
            : null;
    if (suspicion != null) {
      setAside(from, item, "id", suspicion, item.raw());
    } else {
      boolean all = lastVersions.size() + deleted.size() == 0;
      if ((all || isLive(scan.key(record.key()), at)) && filter.matches(record)) {
        ready.add(record);
      }
    }
  }

  private void setAside(
      DataFile from, Item item, @Nullable String field, String reason, byte[] raw) {
    quarantined++;
    quarantine.setAside(new Rejected(from.path().toString(), item.line(), field, reason, raw));
  }

  @Override
  public SocialRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All records were read");
    }
    return ready.remove();
  }

  /** Returns, after {@link #hasNext}, whether what comes next is a line. */
  boolean isLineNext() {
    return lineIsNext;
  }

  /** Returns the next line, which is good until the next call of {@link #hasNext}. */
  SpelledLine nextLine() {
    SpelledLine spelled = line;
    if (spelled == null || !lineIsNext) {
      throw new NoSuchElementException("A record comes next");
    }
    lineIsNext = false;
    return spelled;
  }

  /** Reads the line that was given last as a record. */
  SocialRecord reread() {
    if (reader instanceof JsonLineReader lines) {
      return lines.item().records().get(0);
    }
    throw new IllegalStateException("No line was given");
  }

  @Override
  public long quarantined() {
    return quarantined;
  }

  @Override
  public long duplicates() {
    return duplicates;
  }

  @Override
  public Map<String, Long> unknownFields() {
    return Collections.unmodifiableMap(unknownFields);
  }

  @Override
  public Map<String, Long> notices() {
    return Collections.unmodifiableMap(notices);
  }

  /** Counts bytes as they lie in the files, so packed ones where they are packed. */
  @Override
  public double fraction() {
    DataFile current = file;
    long size = 0;
    long read = 0;
    boolean begun = current != null;
    for (DataFile each : all) {
      size += each.size();
      if (begun) {
        read += each == current ? each.bytesRead() : each.size();
        begun = each != current;
      }
    }
    return size == 0 ? 1 : (double) read / size;
  }

  @Override
  public void close() {
    ItemReader open = reader;
    reader = null;
    ready.clear();
    while (files.hasNext()) {
      files.next();
    }
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw Objects.requireNonNull(file).unreadable(e);
      }
    }
  }
}
