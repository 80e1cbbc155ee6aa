package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches: asks what is there already, then writes everything that differs. Tombstones come
 * first, so that a target is never away without its tombstone; and as every writer looks for
 * tombstones of what it wrote, after it wrote it, none comes back that another one deleted.
 */
final class MongoWriter {
  private static final int DUPLICATE_KEY = 11_000;

  /** A document may have 16 MiB; this leaves room for the names of its fields. */
  private static final long MAX_TEXT_BYTES = 15L << 20;

  private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

  private final String place;
  private final StoreOptions options;
  private final MongoCollection<Document> collection;

  MongoWriter(String place, StoreOptions options, MongoCollection<Document> collection) {
    this.place = place;
    this.options = options;
    this.collection = collection;
  }

  /** Writes one batch. */
  WriteSummary write(List<Wanted> all) {
    Map<String, String> present = present(all);
    Set<String> before = Set.copyOf(present.keySet());
    Map<String, Document> tombstones = new LinkedHashMap<>();
    Map<String, Document> others = new LinkedHashMap<>();
    Set<String> targets = new HashSet<>();
    Map<String, String> tombstoneOf = new HashMap<>();
    long inserted = 0;
    long updated = 0;
    long unchanged = 0;
    long deleted = 0;
    long quarantined = 0;
    for (Wanted wanted : all) {
      SocialRecord record = wanted.record();
      boolean isTombstone = record instanceof Tombstone;
      boolean isKeptAway = !isTombstone && present.containsKey(wanted.counterpart());
      if (isKeptAway || wanted.content().equals(present.get(wanted.id()))) {
        unchanged++;
        if (isTombstone && present.remove(wanted.counterpart()) != null) {
          // The writer before was stopped between the two.
          deleted++;
          others.remove(wanted.counterpart());
          targets.add(wanted.counterpart());
        }
        continue;
      }
      String timeless = MongoDocuments.timeOutOfRange(wanted.schema(), wanted.values());
      if (timeless != null) {
        quarantined++;
        setAside(record, timeless, "is a time beyond the 64-bit milliseconds of a BSON date");
        continue;
      }
      Document document = wanted.document(options.keepRaw());
      if (isTooLarge(document)) {
        quarantined++;
        setAside(record, null, "is larger than the 16 MiB that MongoDB takes in one document");
        continue;
      }
      if (present.put(wanted.id(), wanted.content()) == null) {
        inserted++;
      } else {
        updated++;
      }
      if (isTombstone) {
        tombstones.put(wanted.id(), document);
        targets.add(wanted.counterpart());
        others.remove(wanted.counterpart());
        if (present.remove(wanted.counterpart()) != null) {
          deleted++;
        }
      } else {
        others.put(wanted.id(), document);
        tombstoneOf.put(wanted.id(), wanted.counterpart());
      }
    }
    put(tombstones, before);
    remove(targets);
    put(others, before);
    removeDeleted(others.keySet(), tombstoneOf);
    return new WriteSummary(inserted, updated, unchanged, deleted, quarantined);
  }

  /** Returns the content, by id, of what the batch would write or remove, and its tombstones. */
  private Map<String, String> present(List<Wanted> all) {
    Set<String> ids = new HashSet<>();
    for (Wanted wanted : all) {
      ids.add(wanted.id());
      ids.add(wanted.counterpart());
    }
    Map<String, String> present = new HashMap<>();
    for (Document document :
        collection
            .find(Filters.in(MongoDocuments.ID, ids))
            .batchSize(ids.size() + 1)
            .projection(Projections.include(MongoDocuments.CONTENT))) {
      Object content = document.get(MongoDocuments.CONTENT);
      present.put(
          document.getString(MongoDocuments.ID), content instanceof String text ? text : "");
    }
    return present;
  }

  /** What was not there is inserted, which costs a server less than to look for it again. */
  private void put(Map<String, Document> documents, Set<String> before) {
    if (documents.isEmpty()) {
      return;
    }
    List<WriteModel<Document>> writes = new ArrayList<>(documents.size());
    documents.forEach(
        (id, document) ->
            writes.add(
                before.contains(id) ? replace(id, document) : new InsertOneModel<>(document)));
    try {
      collection.bulkWrite(writes, ANY_ORDER);
    } catch (MongoBulkWriteException e) {
      if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
        throw e;
      }
      // Another writer inserted some of them meanwhile; the last one to write wins.
      List<WriteModel<Document>> again = new ArrayList<>();
      documents.forEach((id, document) -> again.add(replace(id, document)));
      collection.bulkWrite(again, ANY_ORDER);
    }
  }

  private static WriteModel<Document> replace(String id, Document document) {
    return new ReplaceOneModel<>(
        Filters.eq(MongoDocuments.ID, id), document, new ReplaceOptions().upsert(true));
  }

  private void remove(Collection<String> ids) {
    if (!ids.isEmpty()) {
      collection.deleteMany(Filters.in(MongoDocuments.ID, ids));
    }
  }

  /** Removes what was written while another writer carried out its deletion. */
  private void removeDeleted(Set<String> written, Map<String, String> tombstoneOf) {
    if (written.isEmpty()) {
      return;
    }
    Map<String, String> targets = new HashMap<>();
    written.forEach(id -> targets.put(tombstoneOf.getOrDefault(id, ""), id));
    List<String> deleted = new ArrayList<>();
    for (Document tombstone :
        collection
            .find(Filters.in(MongoDocuments.ID, targets.keySet()))
            .projection(Projections.include(MongoDocuments.ID))) {
      String target = targets.get(tombstone.getString(MongoDocuments.ID));
      if (target != null) {
        deleted.add(target);
      }
    }
    remove(deleted);
  }

  private static boolean isTooLarge(Document document) {
    long bytes = 0;
    for (Object value : document.values()) {
      if (value instanceof String text) {
        bytes +=
            3L * text.length() > MAX_TEXT_BYTES
                ? text.getBytes(StandardCharsets.UTF_8).length
                : text.length();
      }
    }
    return bytes > MAX_TEXT_BYTES;
  }

  private void setAside(SocialRecord record, @Nullable String field, String reason) {
    String raw = record.raw();
    options
        .quarantine()
        .setAside(
            new Rejected(
                place,
                0,
                field,
                reason,
                (raw == null ? record.key().toString() : raw).getBytes(StandardCharsets.UTF_8)));
  }
}
