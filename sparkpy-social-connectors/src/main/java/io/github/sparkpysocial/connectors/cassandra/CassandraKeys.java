package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.github.sparkpysocial.connectors.cassandra.KeyEntry.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The table of keys: looks entries up, changes and settles them. */
final class CassandraKeys {
  private final CassandraRequests requests;
  private final CassandraRows rows;
  private final PreparedStatement select;
  private final PreparedStatement add;
  private final PreparedStatement remove;
  private final PreparedStatement markDeleted;
  private final PreparedStatement unmarkDeleted;

  CassandraKeys(CassandraRequests requests, CassandraTables tables, CassandraRows rows) {
    this.requests = requests;
    this.rows = rows;
    String table = tables.keys();
    String update = "UPDATE " + table + " USING TIMESTAMP ? SET ";
    select = requests.prepare("SELECT places, deleted FROM " + table + " WHERE record_key = ?");
    add = requests.prepare(update + "places = places + ? WHERE record_key = ?");
    remove = requests.prepare(update + "places = places - ? WHERE record_key = ?");
    markDeleted = requests.prepare(update + "deleted = true WHERE record_key = ?");
    unmarkDeleted =
        requests.prepare(
            "DELETE deleted FROM " + table + " USING TIMESTAMP ? WHERE record_key = ?");
  }

  /** Returns a statement that says where a row will be. */
  BoundStatement add(String key, Position position) {
    return add.bind(requests.timestamp(), Set.of(position.toString()), key);
  }

  /** Returns a statement that takes a position back which was said before this time. */
  private BoundStatement remove(String key, Position position, long before) {
    return remove.bind(before, Set.of(position.toString()), key);
  }

  /** Returns a statement that keeps a record away. */
  BoundStatement markDeleted(String key) {
    return markDeleted.bind(requests.timestamp(), key);
  }

  /** Returns a statement that lets a record come back. */
  BoundStatement unmarkDeleted(String key) {
    return unmarkDeleted.bind(requests.timestamp(), key);
  }

  /**
   * Looks keys up, and the rows to which they point, and settles what was left unsettled.
   *
   * @param networks the network of each key
   */
  Map<String, KeyEntry> load(Map<String, String> networks) {
    Map<String, KeyEntry> entries = lookUp(networks);
    List<KeyEntry> unsettled = entries.values().stream().filter(KeyEntry::isUnsettled).toList();
    if (!unsettled.isEmpty()) {
      unsettled.forEach(this::settle);
      entries.putAll(lookUp(networksOf(unsettled)));
    }
    return entries;
  }

  private static Map<String, String> networksOf(Collection<KeyEntry> entries) {
    Map<String, String> networks = new LinkedHashMap<>();
    entries.forEach(entry -> networks.put(entry.key(), entry.network()));
    return networks;
  }

  private Map<String, KeyEntry> lookUp(Map<String, String> networks) {
    Map<String, KeyEntry> entries = entries(networks);
    record At(KeyEntry entry, Position position) {}
    List<At> asked = new ArrayList<>();
    List<BoundStatement> questions = new ArrayList<>();
    for (KeyEntry entry : entries.values()) {
      for (Position position : entry.versions().keySet()) {
        asked.add(new At(entry, position));
        questions.add(rows.version(entry.network(), position, entry.key()));
      }
    }
    List<AsyncResultSet> answers = requests.all(questions);
    for (int i = 0; i < asked.size(); i++) {
      Row row = answers.get(i).one();
      String content = row == null ? null : row.getString(0);
      if (row != null && content != null) {
        At at = asked.get(i);
        at.entry.versions().put(at.position, new Version(content, row.getLong(1)));
      }
    }
    return entries;
  }

  /** Looks keys up, without the rows to which they point. */
  Map<String, KeyEntry> entries(Map<String, String> networks) {
    List<String> keys = List.copyOf(networks.keySet());
    List<AsyncResultSet> answers = requests.all(keys.stream().map(select::bind).toList());
    Map<String, KeyEntry> entries = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      Map<Position, @Nullable Version> versions = new LinkedHashMap<>();
      Row row = answers.get(i).one();
      Set<String> places = row == null ? null : row.getSet(0, String.class);
      if (places != null) {
        new TreeSet<>(places).forEach(place -> versions.put(Position.parse(place), null));
      }
      boolean deleted = row != null && row.getBoolean(1);
      String key = keys.get(i);
      entries.put(key, new KeyEntry(networks.getOrDefault(key, ""), key, deleted, versions));
    }
    return entries;
  }

  /**
   * Looks at keys again after they were written: another writer may have written the same ones at
   * the same time. Each says first where it writes, so that the one who looks last sees both.
   */
  void verify(Map<String, String> networks, Map<String, Position> written) {
    Map<String, String> doubtful = new LinkedHashMap<>();
    for (KeyEntry entry : entries(networks).values()) {
      Set<Position> known = entry.versions().keySet();
      Position position = written.get(entry.key());
      boolean alone = position == null ? known.isEmpty() : known.equals(Set.of(position));
      if (!alone || (entry.deleted() && position != null)) {
        doubtful.put(entry.key(), entry.network());
      }
    }
    if (!doubtful.isEmpty()) {
      lookUp(doubtful).values().stream().filter(KeyEntry::isUnsettled).forEach(this::settle);
    }
  }

  /** Keeps the newest version, or none if the key is deleted. */
  private void settle(KeyEntry entry) {
    Position kept = entry.deleted() ? null : entry.current();
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED);
    entry
        .versions()
        .forEach(
            (position, version) -> {
              if (version != null && !position.equals(kept)) {
                forget(entry, position, version, batch);
              }
            });
    requests.all(List.of(batch.build()));
  }

  /** Adds what removes one version; a newer one at the same position stays. */
  void forget(KeyEntry entry, Position position, Version version, BatchStatementBuilder batch) {
    batch.addStatement(rows.delete(entry.network(), position, entry.key(), version.writtenAt()));
    batch.addStatement(remove(entry.key(), position, version.writtenAt()));
  }

  /** Adds what removes every version, finished or not, that is there by now. */
  void forgetAll(KeyEntry entry, BatchStatementBuilder batch) {
    for (Position position : entry.versions().keySet()) {
      batch.addStatement(rows.delete(entry.network(), position, entry.key(), null));
      batch.addStatement(remove(entry.key(), position, requests.timestamp()));
    }
  }
}
