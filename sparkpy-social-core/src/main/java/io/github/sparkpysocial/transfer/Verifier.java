package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.RecordStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares two stores in bounded memory. First by one checksum each: if those are equal, both hold
 * the same. Else the target may hold more, or something is wrong: then key by key, as many keys at
 * a time as fit into {@value #KEYS_AT_A_TIME} entries, reading both stores once for each such part.
 */
final class Verifier {
  /** About 60 MB of keys. */
  private static final int KEYS_AT_A_TIME = 2_000_000;

  private static final int KEYS_TOLD = 10;

  private final RecordStore source;
  private final RecordStore target;
  private final Filter filter;
  private final boolean withRaw;
  private final int keysAtATime;

  /**
   * Makes a verifier of two open stores.
   *
   * @param withRaw whether raw JSON was moved, too
   */
  Verifier(RecordStore source, RecordStore target, Filter filter, boolean withRaw) {
    this(source, target, filter, withRaw, KEYS_AT_A_TIME);
  }

  Verifier(
      RecordStore source, RecordStore target, Filter filter, boolean withRaw, int keysAtATime) {
    this.source = source;
    this.target = target;
    this.filter = filter;
    this.withRaw = withRaw;
    this.keysAtATime = keysAtATime;
  }

  /**
   * Compares.
   *
   * @param setAside how many records the target has set aside
   */
  Verification run(long setAside) {
    Checksum expected = new Checksum();
    forEach(source, filter, record -> expected.add(content(record)));
    Checksum found = new Checksum();
    forEach(target, filter, record -> found.add(content(record)));
    Differences differences = new Differences();
    if (!expected.isSameAs(found)) {
      long parts = (expected.count() + keysAtATime - 1) / keysAtATime;
      for (long part = 0; part < parts; part++) {
        compare(part, parts, differences);
      }
    }
    return new Verification(
        expected.count(),
        differences.missing,
        setAside,
        differences.different,
        expected.toString(),
        found.toString(),
        differences.first);
  }

  private static final class Differences {
    private long missing;
    private long different;
    private final List<RecordKey> first = new ArrayList<>();
  }

  /** Compares the keys of one part. */
  private void compare(long part, long parts, Differences differences) {
    KeyIndex expected = new KeyIndex();
    KeyIndex different = new KeyIndex();
    forEach(
        source,
        filter,
        record -> {
          Fingerprint key = Fingerprint.ofKey(record.key());
          if (isIn(part, parts, key)) {
            expected.put(key, shortened(content(record)));
          }
        });
    forEach(
        target,
        withTombstones(filter),
        record -> {
          Fingerprint key = Fingerprint.ofKey(record.key());
          long content = expected.remove(key);
          if (content != KeyIndex.ABSENT && content != shortened(content(record))) {
            different.put(key, 0);
          }
          if (record instanceof Tombstone tombstone) {
            expected.remove(Fingerprint.ofKey(tombstone.target()));
          }
        });
    differences.missing += expected.size();
    differences.different += different.size();
    if (differences.first.size() < KEYS_TOLD && expected.size() + different.size() > 0) {
      forEach(
          source,
          filter,
          record -> {
            Fingerprint key = Fingerprint.ofKey(record.key());
            if (differences.first.size() < KEYS_TOLD
                && (expected.contains(key) || different.contains(key))) {
              differences.first.add(record.key());
            }
          });
    }
  }

  private static boolean isIn(long part, long parts, Fingerprint key) {
    return Long.remainderUnsigned(key.high() >>> 8, parts) == part;
  }

  /** A record of the source is accounted for by a tombstone, too, which no filter may hide. */
  private static Filter withTombstones(Filter filter) {
    Set<RecordKind> kinds = new HashSet<>(filter.kinds());
    if (!kinds.isEmpty()) {
      kinds.add(RecordKind.TOMBSTONE);
    }
    return Filter.ALL.ofKinds(kinds).from(filter.networks().toArray(new Network[0]));
  }

  private Fingerprint content(SocialRecord record) {
    return Fingerprint.ofContent(record, withRaw);
  }

  private static long shortened(Fingerprint content) {
    return Math.max(content.high(), KeyIndex.ABSENT + 1);
  }

  private static void forEach(
      RecordStore store, Filter filter, Consumer<? super SocialRecord> action) {
    try (ReadAhead records = new ReadAhead(store.read(filter))) {
      records.forEachRemaining(action);
    }
  }
}
