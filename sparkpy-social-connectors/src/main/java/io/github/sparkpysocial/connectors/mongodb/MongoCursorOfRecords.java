package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;

/**
 * Reads documents as records: those of this library, which are unique by their id, then those of
 * other tools. What these say is learned first, some 40 bytes a key: which keys come again, and
 * which are deleted.
 */
final class MongoCursorOfRecords implements RecordCursor {
  private final Deque<FindIterable<Document>> later = new ArrayDeque<>();
  private final MongoDocuments reader;
  private final Filter filter;
  private final Projection projection;
  private final Quarantine quarantine;
  private final String place;
  private final Function<MongoException, RuntimeException> failure;

  private final KeyIndex lastVersions = new KeyIndex();
  private final KeyIndex deleted = new KeyIndex();
  private final Deque<SocialRecord> ready = new ArrayDeque<>();
  private final Map<String, Long> unknownFields = new TreeMap<>();
  private final Map<String, Long> notices = new TreeMap<>();
  private MongoCursor<Document> documents;
  private boolean closed;
  private long ordinal;
  private long quarantined;
  private long duplicates;

  /**
   * Makes a cursor.
   *
   * @param ours documents of this library, those that the filter lets through
   * @param others all documents of other tools, read twice, in the same order
   */
  MongoCursorOfRecords(
      FindIterable<Document> ours,
      FindIterable<Document> others,
      MongoDocuments reader,
      Filter filter,
      Projection projection,
      Quarantine quarantine,
      String place,
      Function<MongoException, RuntimeException> failure) {
    this.reader = reader;
    this.filter = filter;
    this.projection = projection;
    this.quarantine = quarantine;
    this.place = place;
    this.failure = failure;
    boolean anyOthers = false;
    try (MongoCursor<Document> first = others.cursor()) {
      while (first.hasNext()) {
        anyOthers = true;
        learn(first.next());
      }
    }
    ordinal = 0;
    if (anyOthers) {
      later.add(others);
    }
    documents = ours.cursor();
  }

  private void learn(Document document) {
    try {
      for (SocialRecord record : reader.read(document).records()) {
        lastVersions.put(Fingerprint.ofKey(record.key()), ordinal++);
        if (record instanceof Tombstone tombstone) {
          deleted.put(Fingerprint.ofKey(tombstone.target()), 0);
        }
      }
    } catch (IllegalArgumentException setAsideWhenRead) {
      // The second reading meets it again.
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (!closed && ready.isEmpty()) {
        if (documents.hasNext()) {
          take(documents.next());
        } else if (later.isEmpty()) {
          return false;
        } else {
          documents.close();
          documents = later.remove().cursor();
        }
      }
    } catch (MongoException e) {
      throw failure.apply(e);
    }
    return !ready.isEmpty();
  }

  private void take(Document document) {
    FileFormat.Reading reading;
    try {
      reading = reader.read(document);
    } catch (IllegalArgumentException e) {
      setAside(String.valueOf(e.getMessage()), MongoJson.of(document));
      return;
    }
    reading.unknownFields().forEach(name -> unknownFields.merge(name, 1L, Long::sum));
    reading.notices().forEach(kind -> notices.merge(kind, 1L, Long::sum));
    reading.rejected().forEach(part -> setAside(part.reason(), part.raw()));
    boolean ours = MongoDocuments.isOurs(document);
    if (ours && lastVersions.size() == 0) {
      reading.records().stream().filter(filter::matches).forEach(this::add);
      return;
    }
    for (SocialRecord record : reading.records()) {
      Fingerprint key = Fingerprint.ofKey(record.key());
      long last = lastVersions.get(key);
      boolean repeated = ours ? last != KeyIndex.ABSENT : last != ordinal++;
      if (repeated) {
        duplicates++;
      } else if (!deleted.contains(key) && filter.matches(record)) {
        add(record);
      }
    }
  }

  private void add(SocialRecord record) {
    ready.add(projection.apply(record));
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
    closed = true;
    ready.clear();
    documents.close();
  }
}
