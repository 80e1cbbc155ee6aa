package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.store.WriteSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be done with a batch, seen what is there.
 *
 * @param inserts rows with new keys
 * @param updates rows that replace others
 * @param deletes keys of rows that go
 */
record BatchPlan(List<Row> inserts, List<Row> updates, Set<String> deletes, WriteSummary summary) {

  /**
   * Makes a plan.
   *
   * @param there the content, by key, of the rows that are there, as far as the batch or its
   *     tombstones name them
   */
  static BatchPlan of(List<Row> batch, Map<String, String> there) {
    Map<String, String> present = new HashMap<>(there);
    Map<String, Row> writes = new LinkedHashMap<>();
    Set<String> deletes = new LinkedHashSet<>();
    long inserted = 0;
    long updated = 0;
    long unchanged = 0;
    long deleted = 0;
    for (Row row : batch) {
      boolean keptAway = row.target() == null && present.containsKey(row.tombstone());
      if (keptAway || row.content().equals(present.get(row.key()))) {
        unchanged++;
        continue;
      }
      if (present.put(row.key(), row.content()) == null) {
        inserted++;
      } else {
        updated++;
      }
      writes.put(row.key(), row);
      String target = row.target();
      if (target != null && present.remove(target) != null) {
        deleted++;
        writes.remove(target);
        if (there.containsKey(target)) {
          deletes.add(target);
        }
      }
    }
    List<Row> inserts = new ArrayList<>();
    List<Row> updates = new ArrayList<>();
    writes.forEach((key, row) -> (there.containsKey(key) ? updates : inserts).add(row));
    return new BatchPlan(
        inserts, updates, deletes, new WriteSummary(inserted, updated, unchanged, deleted, 0));
  }
}
