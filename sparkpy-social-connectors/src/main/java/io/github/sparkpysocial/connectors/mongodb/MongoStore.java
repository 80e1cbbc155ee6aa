package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A collection of MongoDB as a store; see {@link MongoStoreProvider}. */
final class MongoStore implements RecordStore {
  private static final int ANSWERS_WITHIN_SECONDS = 3;

  /** A document may have 16 MiB; this leaves room for the names of its fields. */
  private static final long MAX_TEXT_BYTES = 15L << 20;

  private final PlaceUri uri;
  private final String host;
  private final StoreOptions options;
  private final MongoClient client;
  private final MongoCollection<Document> collection;
  private final MongoDocuments documents;

  private MongoStore(
      PlaceUri uri,
      String host,
      StoreOptions options,
      MongoClient client,
      MongoCollection<Document> collection) {
    this.uri = uri;
    this.host = host;
    this.options = options;
    this.client = client;
    this.collection = collection;
    List<FileFormat> formats =
        ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    this.documents =
        new MongoDocuments(
            formats, ForeignRecords.of(options), new Provenance(uri.toString(), null, null));
  }

  /**
   * Connects and asks the server whether it is there.
   *
   * @param password for a user without one in the URI, or {@code null}
   */
  static MongoStore open(PlaceUri uri, StoreOptions options, @Nullable String password) {
    String table = uri.table();
    if (table == null || table.isBlank()) {
      throw new IllegalArgumentException(
          uri
              + " names no collection; append it after two colons, as in"
              + " mongodb://localhost:27017/social::posts");
    }
    ConnectionString connection = connection(uri, password);
    String database = connection.getDatabase();
    if (database == null) {
      throw new IllegalArgumentException(
          uri
              + " names no database; put it after the host, as in"
              + " mongodb://localhost:27017/social::posts");
    }
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS))
            .applyToSocketSettings(
                socket -> socket.connectTimeout(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS))
            .applyConnectionString(connection)
            .applicationName("sparkpy-social")
            .writeConcern(WriteConcern.MAJORITY);
    String host = String.join(",", connection.getHosts());
    MongoClient client = MongoClients.create(settings.build());
    try {
      client.getDatabase(database).runCommand(new Document("ping", 1));
      return new MongoStore(
          uri, host, options, client, client.getDatabase(database).getCollection(table));
    } catch (MongoException e) {
      client.close();
      throw failure(uri, host, e);
    }
  }

  private static ConnectionString connection(PlaceUri uri, @Nullable String password) {
    String text = "mongodb:" + uri.location();
    int start = "mongodb://".length();
    int slash = text.indexOf('/', start);
    int at = text.lastIndexOf('@', slash < 0 ? text.length() : slash);
    boolean lacksPassword = at > start && !text.substring(start, at).contains(":");
    if (lacksPassword && !text.contains("authMechanism=")) {
      if (password == null) {
        throw new AuthenticationException(
            uri
                + " names a user without a password; set the environment variable"
                + " MONGODB_PASSWORD");
      }
      text =
          text.substring(0, at)
              + ':'
              + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20")
              + text.substring(at);
    }
    try {
      return new ConnectionString(text);
    } catch (IllegalArgumentException e) {
      // The driver's message may show the password.
      throw new IllegalArgumentException(
          uri + " is no connection string; write it as mongodb://user@host:port/database::table");
    }
  }

  private static RuntimeException failure(PlaceUri uri, String host, MongoException e) {
    if (e instanceof MongoSecurityException) {
      return new AuthenticationException(
          "The server at " + host + " refused the user or password of " + uri, e);
    }
    if (e instanceof MongoTimeoutException || e instanceof MongoSocketException) {
      return new StoreException(
          "No MongoDB server answers at "
              + host
              + " for "
              + uri
              + "; is it running, and are host and port right?",
          e);
    }
    return new StoreException(
        "MongoDB at " + host + " failed for " + uri + " with error " + e.getCode(), e);
  }

  private RuntimeException failure(MongoException e) {
    return failure(uri, host, e);
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public String description() {
    return "MongoDB collection " + uri;
  }

  @Override
  public Set<StoreCapability> capabilities() {
    return EnumSet.allOf(StoreCapability.class);
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    WriteSummary summary = WriteSummary.NONE;
    List<SocialRecord> batch = new ArrayList<>();
    while (records.hasNext()) {
      batch.add(records.next());
      if (batch.size() == options.batchSize()) {
        summary = summary.plus(writeBatch(batch));
        batch.clear();
      }
    }
    return summary.plus(writeBatch(batch));
  }

  /** Writes one batch by two requests: what is there already, then everything that differs. */
  private WriteSummary writeBatch(List<SocialRecord> batch) {
    if (batch.isEmpty()) {
      return WriteSummary.NONE;
    }
    try {
      Map<String, String> present = present(batch);
      Map<String, WriteModel<Document>> tombstones = new LinkedHashMap<>();
      Map<String, WriteModel<Document>> others = new LinkedHashMap<>();
      long inserted = 0;
      long updated = 0;
      long unchanged = 0;
      long deleted = 0;
      long quarantined = 0;
      for (SocialRecord record : batch) {
        String id = MongoDocuments.id(record);
        String content = MongoDocuments.content(record, options.keepRaw());
        if (content.equals(present.get(id)) || present.containsKey(tombstoneOf(record))) {
          unchanged++;
          continue;
        }
        String timeless = MongoDocuments.timeOutOfRange(record);
        if (timeless != null) {
          quarantined++;
          setAside(record, timeless, "is a time beyond the 64-bit milliseconds of a BSON date");
          continue;
        }
        Document document = MongoDocuments.write(record, options.keepRaw());
        if (isTooLarge(document)) {
          quarantined++;
          setAside(record, null, "is larger than the 16 MiB that MongoDB takes in one document");
          continue;
        }
        if (present.put(id, content) == null) {
          inserted++;
        } else {
          updated++;
        }
        WriteModel<Document> upsert =
            new ReplaceOneModel<>(
                Filters.eq(MongoDocuments.ID, id), document, new ReplaceOptions().upsert(true));
        if (record instanceof Tombstone tombstone) {
          tombstones.put(id, upsert);
          String target = WellFormed.text(tombstone.target().toString());
          if (present.remove(target) != null) {
            deleted++;
            others.put(target, new DeleteOneModel<>(Filters.eq(MongoDocuments.ID, target)));
          }
        } else {
          others.put(id, upsert);
        }
      }
      // In this order a target is never away without its tombstone.
      List<WriteModel<Document>> writes = new ArrayList<>(tombstones.values());
      writes.addAll(others.values());
      if (!writes.isEmpty()) {
        collection.bulkWrite(writes, new BulkWriteOptions().ordered(true));
      }
      return new WriteSummary(inserted, updated, unchanged, deleted, quarantined);
    } catch (MongoException e) {
      throw failure(e);
    }
  }

  /** Returns the content, by id, of what the batch would write or remove, and its tombstones. */
  private Map<String, String> present(List<SocialRecord> batch) {
    List<String> ids = new ArrayList<>();
    for (SocialRecord record : batch) {
      ids.add(MongoDocuments.id(record));
      ids.add(
          record instanceof Tombstone tombstone
              ? WellFormed.text(tombstone.target().toString())
              : tombstoneOf(record));
    }
    Map<String, String> present = new HashMap<>();
    for (Document document :
        collection
            .find(Filters.in(MongoDocuments.ID, ids))
            .projection(Projections.include(MongoDocuments.CONTENT))) {
      Object content = document.get(MongoDocuments.CONTENT);
      present.put(
          document.getString(MongoDocuments.ID), content instanceof String text ? text : "");
    }
    return present;
  }

  private static String tombstoneOf(SocialRecord record) {
    return WellFormed.text(
        record.network().name()
            + '/'
            + RecordKind.TOMBSTONE.wireName()
            + '/'
            + record.recordKind().wireName()
            + '/'
            + record.id());
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
                uri.toString(),
                0,
                field,
                reason,
                (raw == null ? record.key().toString() : raw).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public RecordCursor read(Filter filter) {
    try {
      return new MongoCursorOfRecords(
          find(Filters.exists("record", false)).cursor(),
          find(pushedDown(filter)).cursor(),
          documents,
          filter,
          options.quarantine(),
          uri.toString(),
          this::failure);
    } catch (MongoException e) {
      throw failure(e);
    }
  }

  private FindIterable<Document> find(Bson query) {
    return collection.find(query).batchSize(options.batchSize());
  }

  /** Returns the filter as a query; documents of other tools are looked at one by one. */
  private static Bson pushedDown(Filter filter) {
    List<Bson> wanted = new ArrayList<>();
    if (!filter.kinds().isEmpty()) {
      wanted.add(Filters.in("record", filter.kinds().stream().map(RecordKind::wireName).toList()));
    }
    if (!filter.networks().isEmpty()) {
      wanted.add(Filters.in("network", filter.networks().stream().map(Network::name).toList()));
    }
    return wanted.isEmpty()
        ? new Document()
        : Filters.or(Filters.and(wanted), Filters.exists("record", false));
  }

  @Override
  public long count(Filter filter) {
    try {
      boolean pushedDown =
          filter.ids().isEmpty() && filter.since() == null && filter.until() == null;
      if (pushedDown && collection.find(Filters.exists("record", false)).first() == null) {
        return collection.countDocuments(pushedDown(filter));
      }
    } catch (MongoException e) {
      throw failure(e);
    }
    try (RecordCursor cursor = read(filter)) {
      long count = 0;
      while (cursor.hasNext()) {
        cursor.next();
        count++;
      }
      return count;
    }
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    try {
      List<String> ids = keys.stream().map(key -> WellFormed.text(key.toString())).toList();
      return collection.deleteMany(Filters.in(MongoDocuments.ID, ids)).getDeletedCount();
    } catch (MongoException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
