package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCursor;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;

/**
 * Reads documents as records. Those of this library are unique by their id; those of other tools
 * are not, so what they say is learned first: which keys come again, and which are deleted.
 */
final class MongoCursorOfRecords implements RecordCursor {
  private final MongoCursor<Document> documents;
  private final MongoDocuments reader;
  private final Filter filter;
  private final Quarantine quarantine;
  private final String place;
  private final Function<MongoException, RuntimeException> failure;

  private final Map<Fingerprint, Long> lastVersions = new HashMap<>();
  private final Set<Fingerprint> deleted = new HashSet<>();
  private final Deque<SocialRecord> ready = new ArrayDeque<>();
  private final Map<String, Long> unknownFields = new TreeMap<>();
  private final Map<String, Long> notices = new TreeMap<>();
  private long ordinal;
  private long quarantined;
  private long duplicates;

  /**
   * Makes a cursor.
   *
   * @param foreign the documents of other tools, read first and closed here
   * @param documents all documents wanted, in the same order
   */
  MongoCursorOfRecords(
      MongoCursor<Document> foreign,
      MongoCursor<Document> documents,
      MongoDocuments reader,
      Filter filter,
      Quarantine quarantine,
      String place,
      Function<MongoException, RuntimeException> failure) {
    this.documents = documents;
    this.reader = reader;
    this.filter = filter;
    this.quarantine = quarantine;
    this.place = place;
    this.failure = failure;
    try (foreign) {
      foreign.forEachRemaining(this::learn);
    } catch (MongoException e) {
      documents.close();
      throw failure.apply(e);
    }
    ordinal = 0;
  }

  private void learn(Document document) {
    try {
      for (SocialRecord record : reader.read(document).records()) {
        lastVersions.put(Fingerprint.ofKey(record.key()), ordinal++);
        if (record instanceof Tombstone tombstone) {
          deleted.add(Fingerprint.ofKey(tombstone.target()));
        }
      }
    } catch (IllegalArgumentException setAsideWhenRead) {
      // The second reading meets it again.
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && documents.hasNext()) {
        take(documents.next());
      }
    } catch (MongoException e) {
      throw failure.apply(e);
    } catch (IllegalStateException closed) {
      return false;
    }
    return !ready.isEmpty();
  }

  private void take(Document document) {
    FileFormat.Reading reading;
    try {
      reading = reader.read(document);
    } catch (IllegalArgumentException e) {
      setAside(String.valueOf(e.getMessage()), MongoDocuments.json(document));
      return;
    }
    reading.unknownFields().forEach(name -> unknownFields.merge(name, 1L, Long::sum));
    reading.notices().forEach(kind -> notices.merge(kind, 1L, Long::sum));
    reading.rejected().forEach(part -> setAside(part.reason(), part.raw()));
    boolean ours = MongoDocuments.isOurs(document);
    for (SocialRecord record : reading.records()) {
      Fingerprint key = Fingerprint.ofKey(record.key());
      if (!ours && lastVersions.getOrDefault(key, ordinal) != ordinal++) {
        duplicates++;
      } else if (ours && lastVersions.containsKey(key)) {
        duplicates++;
      } else if (!deleted.contains(key) && filter.matches(record)) {
        ready.add(record);
      }
    }
  }

  private void setAside(String reason, String raw) {
    quarantined++;
    quarantine.setAside(new Rejected(place, 0, null, reason, raw.getBytes(StandardCharsets.UTF_8)));
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

  @Override
  public void close() {
    ready.clear();
    documents.close();
  }
}
