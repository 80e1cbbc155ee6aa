package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.github.sparkpysocial.connectors.cassandra.CassandraRows.NewRow;
import io.github.sparkpysocial.connectors.cassandra.KeyEntry.Version;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches so that a reader never sees half a record, two of one key, or a record and its
 * tombstone, wherever the writer is stopped; see {@code docs/decisions/0008}. In this order:
 *
 * <ol>
 *   <li>the table of keys says where each row will be;
 *   <li>rows that nothing stands in the way of are written, whole; the others are written
 *       unfinished, so that no reader sees them;
 *   <li>each of those is finished in one logged batch with the removal of what it replaces;
 *   <li>the keys are looked at again, for another writer of the same ones.
 * </ol>
 */
final class CassandraWriter {
  /** A logged batch may have 50 KiB, and names a key several times. */
  private static final int MAX_KEY_BYTES = 4 << 10;

  /** A server takes 16 MiB at once; this leaves room for the names of columns. */
  private static final long MAX_TEXT_BYTES = 15L << 20;

  private final String place;
  private final Quarantine quarantine;
  private final boolean keepRaw;
  private final CassandraRequests requests;
  private final CassandraRows rows;
  private final CassandraKeys keys;

  CassandraWriter(
      String place,
      StoreOptions options,
      CassandraRequests requests,
      CassandraRows rows,
      CassandraKeys keys) {
    this.place = place;
    this.quarantine = options.quarantine();
    this.keepRaw = options.keepRaw();
    this.requests = requests;
    this.rows = rows;
    this.keys = keys;
  }

  /** What a batch knows and wants of its keys. */
  private static final class Plan {
    final Map<String, KeyEntry> found;
    final Map<String, @Nullable String> contents = new HashMap<>();
    final Map<String, Boolean> deleted = new HashMap<>();
    final Map<String, NewRow> wanted = new LinkedHashMap<>();
    long inserted;
    long updated;
    long unchanged;
    long removed;

    Plan(Map<String, KeyEntry> found) {
      this.found = found;
      found.forEach(
          (key, entry) -> {
            contents.put(key, entry.content());
            deleted.put(key, entry.deleted());
          });
    }

    KeyEntry entry(String key) {
      return Objects.requireNonNull(found.get(key), "every key was looked up");
    }

    void add(NewRow row) {
      String target = row.record() instanceof Tombstone tombstone ? targetOf(tombstone) : null;
      boolean isCarriedOut =
          target == null || (deleted.getOrDefault(target, false) && contents.get(target) == null);
      if (deleted.getOrDefault(row.key(), false)
          || (row.content().equals(contents.get(row.key())) && isCarriedOut)) {
        unchanged++;
        return;
      }
      String before = contents.put(row.key(), row.content());
      if (before == null) {
        inserted++;
      } else if (before.equals(row.content())) {
        unchanged++;
      } else {
        updated++;
      }
      wanted.put(row.key(), row);
      if (target != null) {
        deleted.put(target, true);
        wanted.remove(target);
        if (contents.remove(target) != null) {
          removed++;
        }
      }
    }

    /** Returns whether a version of this row is where the new one will be. */
    boolean isInPlace(NewRow row) {
      return row.position().equals(entry(row.key()).current());
    }

    /** Returns whether other rows vanish as this one appears. */
    boolean replacesOthers(NewRow row) {
      return row.record() instanceof Tombstone
          || (entry(row.key()).current() != null && !isInPlace(row));
    }
  }

  private static String targetOf(Tombstone tombstone) {
    return WellFormed.text(tombstone.target().toString());
  }

  /** Writes one batch. */
  WriteSummary write(List<SocialRecord> batch) {
    List<NewRow> fit = new ArrayList<>(batch.size());
    Map<String, String> networks = new LinkedHashMap<>();
    for (SocialRecord record : batch) {
      NewRow row = fit(record);
      if (row != null) {
        fit.add(row);
        networks.put(row.key(), record.network().name());
        if (record instanceof Tombstone tombstone) {
          networks.put(targetOf(tombstone), record.network().name());
        }
      }
    }
    Plan plan = new Plan(keys.load(networks));
    fit.forEach(plan::add);
    carryOut(plan);
    return new WriteSummary(
        plan.inserted, plan.updated, plan.unchanged, plan.removed, batch.size() - fit.size());
  }

  private @Nullable NewRow fit(SocialRecord record) {
    String key = CassandraRows.key(record);
    if (bytes(key) > MAX_KEY_BYTES) {
      setAside(record, "id", "is too long for a key of Cassandra, more than 4 KiB");
      return null;
    }
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    long bytes = 0;
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      String column = schema.columns().get(i).name();
      if (value instanceof String text && (keepRaw || !column.equals("raw"))) {
        bytes += bytes(text);
      }
      if (value instanceof Instant time
          && Math.abs(time.getEpochSecond()) >= Long.MAX_VALUE / 1_000) {
        setAside(record, column, "is a time beyond the 64-bit milliseconds of Cassandra");
        return null;
      }
    }
    if (bytes > MAX_TEXT_BYTES) {
      setAside(record, null, "is larger than the 16 MiB that Cassandra takes at once");
      return null;
    }
    String content = Fingerprint.ofContent(schema, values, keepRaw).toString();
    return new NewRow(record, key, Position.of(record), content);
  }

  private static long bytes(String text) {
    return text.length() > MAX_KEY_BYTES / 3
        ? text.getBytes(StandardCharsets.UTF_8).length
        : text.length();
  }

  private void setAside(SocialRecord record, @Nullable String field, String reason) {
    String raw = record.raw();
    quarantine.setAside(
        new Rejected(
            place,
            0,
            field,
            reason,
            (raw == null ? record.key().toString() : raw).getBytes(StandardCharsets.UTF_8)));
  }

  private void carryOut(Plan plan) {
    Collection<NewRow> wanted = plan.wanted.values();
    if (wanted.isEmpty()) {
      return;
    }
    List<Statement<?>> announcements = new ArrayList<>();
    List<NewRow> whole = new ArrayList<>();
    List<NewRow> unfinished = new ArrayList<>();
    for (NewRow row : wanted) {
      announcements.add(keys.add(row.key(), row.position()));
      (plan.replacesOthers(row) && !plan.isInPlace(row) ? unfinished : whole).add(row);
    }
    requests.all(announcements);
    List<Statement<?>> writes = new ArrayList<>(rows.replace(whole, true));
    writes.addAll(rows.replace(unfinished, false));
    requests.all(writes);
    requests.all(
        wanted.stream().filter(plan::replacesOthers).map(row -> finish(row, plan)).toList());

    Map<String, String> networks = new LinkedHashMap<>();
    Map<String, Position> written = new HashMap<>();
    for (NewRow row : wanted) {
      networks.put(row.key(), row.record().network().name());
      written.put(row.key(), row.position());
      if (row.record() instanceof Tombstone tombstone) {
        networks.put(targetOf(tombstone), row.record().network().name());
      }
    }
    keys.verify(networks, written);
  }

  /** All of this happens, or nothing: Cassandra keeps a logged batch until it is carried out. */
  private BatchStatement finish(NewRow row, Plan plan) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED);
    batch.addStatement(rows.finish(row));
    KeyEntry entry = plan.entry(row.key());
    entry
        .versions()
        .forEach(
            (position, version) -> {
              if (version != null && !position.equals(row.position())) {
                keys.forget(entry, position, version, batch);
              }
            });
    if (row.record() instanceof Tombstone tombstone) {
      String target = targetOf(tombstone);
      batch.addStatement(keys.markDeleted(target));
      keys.forgetAll(plan.entry(target), batch);
    }
    return batch.build();
  }

  /** Deletes by key, each record in one step. */
  long delete(Collection<RecordKey> unwanted) {
    Map<String, String> networks = new LinkedHashMap<>();
    Map<String, String> targets = new HashMap<>();
    for (RecordKey key : unwanted) {
      String stored = WellFormed.text(key.toString());
      networks.put(stored, key.network().name());
      if (key.kind() == RecordKind.TOMBSTONE) {
        targets.put(stored, WellFormed.text(key.network().name() + '/' + key.id()));
      }
    }
    List<BatchStatement> batches = new ArrayList<>();
    long present = 0;
    for (KeyEntry entry : keys.load(networks).values()) {
      Version current = entry.current() == null ? null : entry.versions().get(entry.current());
      if (current != null) {
        present++;
      }
      if (!entry.versions().isEmpty()) {
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED);
        keys.forgetAll(entry, batch);
        String target = targets.get(entry.key());
        if (target != null) {
          batch.addStatement(keys.unmarkDeleted(target));
        }
        batches.add(batch.build());
      }
    }
    requests.all(batches);
    return present;
  }
}
