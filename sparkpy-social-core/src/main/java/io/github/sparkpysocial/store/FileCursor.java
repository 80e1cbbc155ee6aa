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
  private @Nullable DataFile file;
  private @Nullable ItemReader reader;
  private long ordinal;
  private long quarantined;
  private long duplicates;

  FileCursor(List<DataFile> files, Filter filter, Quarantine quarantine) {
    this(files, filter, quarantine, SipHash.withRandomKey());
  }

  /** Makes a cursor with a hash that is known. */
  FileCursor(List<DataFile> files, Filter filter, Quarantine quarantine, SipHash hash) {
    this.scan = new LineScan(hash);
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
    while (ready.isEmpty()) {
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
      Item item = items.next();
      if (item == null) {
        items.close();
        reader = null;
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

  private void consider(SocialRecord record, Item item, DataFile from) {
    boolean superseded = false;
    boolean gone = false;
    if (lastVersions.size() + deleted.size() > 0) {
      Fingerprint key = scan.key(record.key());
      long last = lastVersions.get(key);
      superseded = last != KeyIndex.ABSENT && last != ordinal;
      gone = deleted.contains(key);
    }
    ordinal++;
    String suspicion =
        item.layout() == Item.Layout.FOREIGN && record instanceof Post
            ? census.suspicion(record.id())
            : null;
    if (suspicion != null) {
      setAside(from, item, "id", suspicion, item.raw());
    } else if (superseded) {
      duplicates++;
    } else if (!gone && filter.matches(record)) {
      ready.add(record);
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
