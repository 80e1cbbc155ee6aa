package io.github.sparkpysocial.store;

import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of its file: which records are in it and what they say, and how much of it is
 * dead, old versions and deleted records. Used by one thread.
 */
final class FileIndex {
  private final LineScan scan;
  private final boolean withRaw;

  /** From each key in the file to its content, tombstones included. */
  private final KeyIndex contents = new KeyIndex();

  /** The keys that tombstones keep away. */
  private final KeyIndex deleted = new KeyIndex();

  /** From each key with old versions in the file to how many there are. */
  private KeyIndex superseded = new KeyIndex();

  private long dead;

  /** The key and content of the record that was looked at. */
  private Fingerprint key = new Fingerprint(0, 0);

  private long content;

  /**
   * Makes an empty one.
   *
   * @param withRaw whether raw JSON is part of what a record says
   */
  FileIndex(SipHash hash, boolean withRaw) {
    this.scan = new LineScan(hash);
    this.withRaw = withRaw;
  }

  /** What becomes of a record. */
  enum Change {
    /** It is new. */
    INSERTED,
    /** Another version of it is there. */
    UPDATED,
    /** It is there, or deleted for good. */
    UNCHANGED
  }

  /**
   * Learns all that is in a file, and how it ends.
   *
   * @param place the file, for messages
   * @throws io.github.sparkpysocial.StoreException if a newer version of this library wrote it
   */
  void learn(ItemReader items, TornEnd torn, String place) throws IOException {
    if (items instanceof JsonLineReader lines) {
      while (lines.advance()) {
        if (learn(lines)) {
          torn.sound(lines.end());
        } else {
          learn(lines.item(), torn, place);
        }
      }
    } else {
      Item item;
      while ((item = items.next()) != null) {
        learn(item, torn, place);
      }
    }
  }

  /**
   * Learns a line by what it looks like, if that is enough. A tombstone, and another version of
   * what is there already, have to be read: broken, they must take nothing away.
   */
  private boolean learn(JsonLineReader line) {
    if (!line.isRecord(scan) || scan.kind() == RecordKind.TOMBSTONE) {
      return false;
    }
    Fingerprint lineKey = scan.key();
    if (contents.contains(lineKey) || deleted.contains(lineKey)) {
      return false;
    }
    Fingerprint says = scan.content(withRaw);
    if (says == null) {
      return false;
    }
    contents.put(lineKey, value(says));
    return true;
  }

  private void learn(Item item, TornEnd torn, String place) throws IOException {
    if (item.problem() == null) {
      if (item.unknownFields().contains(RecordJson.SCHEMA) && item.raw().length > 0) {
        RecordJson.requireKnownVersion(item, place);
      }
      item.records().forEach(this::learn);
    }
    torn.take(item);
  }

  private void learn(SocialRecord record) {
    look(record, RecordSchema.of(record.recordKind()).values(record));
    keep();
    if (record instanceof Tombstone tombstone) {
      delete(tombstone);
    } else if (deleted.contains(key)) {
      contents.remove(key);
      dead++;
    }
  }

  /**
   * Says what would become of a record.
   *
   * @param values its values, in the order of its schema
   */
  Change look(SocialRecord record, List<? extends @Nullable Object> values) {
    scan.take(record, values, withRaw);
    Fingerprint of = record instanceof Tombstone ? scan.key(record.key()) : scan.key();
    return look(of, value(scan.content(scan.taken(), withRaw)));
  }

  /** Says what would become of the record in a line, which is no tombstone. */
  Change look(SpelledLine line) {
    if (!scan.isRecord(line.bytes(), line.start(), line.end())) {
      throw new IllegalStateException("A line is spelled in an unknown way");
    }
    return look(scan.key(), value(scan.content(line, withRaw)));
  }

  private Change look(Fingerprint of, long says) {
    key = of;
    content = says;
    long before = contents.get(key);
    return before == content || deleted.contains(key)
        ? Change.UNCHANGED
        : before == KeyIndex.ABSENT ? Change.INSERTED : Change.UPDATED;
  }

  /** Returns the record that was looked at as a line of JSON. */
  LineEncoder line() {
    return scan.taken();
  }

  /** Takes note that the record that was looked at is in the file now. */
  void keep() {
    put(key, content);
  }

  private void put(Fingerprint of, long says) {
    if (contents.put(of, says) != KeyIndex.ABSENT) {
      bury(of);
    }
  }

  private static long value(Fingerprint says) {
    return says.high() == KeyIndex.ABSENT ? KeyIndex.ABSENT + 1 : says.high();
  }

  /** Carries out a deletion; returns whether the record was there. */
  boolean delete(Tombstone tombstone) {
    Fingerprint target = scan.key(tombstone.target());
    deleted.put(target, 0);
    boolean there = contents.remove(target) != KeyIndex.ABSENT;
    dead += there ? 1 : 0;
    return there;
  }

  /** Removes records, and what tombstones among them keep away; returns how many were there. */
  long remove(Collection<RecordKey> keys) {
    long found = 0;
    for (RecordKey each : keys) {
      Fingerprint fingerprint = scan.key(each);
      if (contents.remove(fingerprint) != KeyIndex.ABSENT) {
        found++;
        bury(fingerprint);
        if (each.kind() == RecordKind.TOMBSTONE) {
          deleted.remove(scan.key(targetOf(each)));
        }
      }
    }
    return found;
  }

  /** Returns the key of what a tombstone of this key keeps away. */
  static RecordKey targetOf(RecordKey tombstone) {
    int slash = tombstone.id().indexOf('/');
    return new RecordKey(
        tombstone.network(),
        RecordKind.ofWireName(tombstone.id().substring(0, slash)),
        tombstone.id().substring(slash + 1));
  }

  private void bury(Fingerprint old) {
    long before = superseded.get(old);
    superseded.put(old, before == KeyIndex.ABSENT ? 1 : before + 1);
    dead++;
  }

  /** Returns how many records of the file are dead. */
  long dead() {
    return dead;
  }

  /** Returns how many live. */
  long living() {
    return contents.size();
  }

  /**
   * Returns whether an item lives; items are asked for in the order of the file. One that cannot be
   * read is not judged.
   */
  boolean isLiving(Item item) {
    if (item.problem() != null) {
      // It may have been taken for a version of its record, by what it looks like.
      byte[] raw = item.raw();
      if (item.terminated()
          && scan.isRecord(raw, 0, raw.length)
          && scan.kind() != RecordKind.TOMBSTONE
          && scan.content(withRaw) != null) {
        dig(scan.key());
      }
      return true;
    }
    for (SocialRecord record : item.records()) {
      Fingerprint of = scan.key(record.key());
      if (dig(of) || deleted.contains(of)) {
        return false;
      }
    }
    return true;
  }

  /** Counts an old version down; returns whether this key has one left. */
  private boolean dig(Fingerprint of) {
    long old = superseded.get(of);
    if (old == KeyIndex.ABSENT) {
      return false;
    }
    if (old == 1) {
      superseded.remove(of);
    } else {
      superseded.put(of, old - 1);
    }
    return true;
  }

  /** Takes note that the dead have left the file. */
  void cleared() {
    superseded = new KeyIndex();
    dead = 0;
  }
}
