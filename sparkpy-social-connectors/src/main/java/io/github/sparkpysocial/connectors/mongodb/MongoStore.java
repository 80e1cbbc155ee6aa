package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.Batches;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A collection of MongoDB as a store; see {@link MongoStoreProvider}. */
final class MongoStore implements RecordStore {
  private final PlaceUri uri;
  private final StoreOptions options;
  private final MongoConnection connection;
  private final MongoSchema schema;
  private final MongoCollection<Document> collection;
  private final MongoWriter writer;
  private final MongoDocuments documents;

  private MongoStore(MongoConnection connection, MongoSchema schema, StoreOptions options) {
    this.uri = connection.uri();
    this.options = options;
    this.connection = connection;
    this.schema = schema;
    this.collection = connection.collection();
    this.writer = new MongoWriter(uri.toString(), options, collection);
    List<FileFormat> formats =
        ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    this.documents =
        new MongoDocuments(
            formats, ForeignRecords.of(options), new Provenance(uri.toString(), null, null));
  }

  /**
   * Connects, asks the server whether it is there, and checks the version of the schema.
   *
   * @param password for a user without one in the URI, or {@code null}
   */
  static MongoStore open(PlaceUri uri, StoreOptions options, @Nullable String password) {
    return open(uri, options, password, null);
  }

  /** Opens a store, with somebody who hears each command. */
  static MongoStore open(
      PlaceUri uri,
      StoreOptions options,
      @Nullable String password,
      @Nullable CommandListener listener) {
    MongoConnection connection = MongoConnection.open(uri, password, listener);
    try {
      return new MongoStore(connection, new MongoSchema(connection), options);
    } catch (MongoException e) {
      connection.client().close();
      throw connection.failure(e);
    } catch (StoreException e) {
      connection.client().close();
      throw e;
    }
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
    try (Batches<Wanted> batches = new Batches<>(options.batchSize(), this::writeBatch)) {
      while (records.hasNext()) {
        Wanted wanted = Wanted.of(records.next(), options.keepRaw());
        batches.add(wanted, wanted.characters());
      }
      return batches.finish();
    }
  }

  private WriteSummary writeBatch(List<Wanted> batch) {
    try {
      schema.writing();
      return writer.write(batch);
    } catch (MongoException e) {
      throw connection.failure(e);
    }
  }

  @Override
  public RecordCursor read(Filter filter) {
    return read(filter, Projection.ALL);
  }

  @Override
  public RecordCursor read(Filter filter, Projection projection) {
    try {
      return new MongoCursorOfRecords(
          find(MongoQueries.ours(filter)).projection(MongoQueries.fields(projection, filter)),
          find(MongoQueries.OF_OTHERS),
          documents,
          filter,
          projection,
          options.quarantine(),
          uri.toString(),
          connection::failure);
    } catch (MongoException e) {
      throw connection.failure(e);
    }
  }

  private FindIterable<Document> find(Bson query) {
    return collection.find(query).batchSize(options.batchSize());
  }

  @Override
  public String explain(Filter filter, Projection projection) {
    Bson fields = MongoQueries.fields(projection, filter);
    return description()
        + ": find "
        + MongoQueries.ours(filter).toBsonDocument().toJson()
        + (fields == null ? "" : ", fields " + fields.toBsonDocument().toJson())
        + "; documents of other tools are looked at one by one";
  }

  @Override
  public long count(Filter filter) {
    try {
      if (collection.find(MongoQueries.OF_OTHERS).limit(1).first() == null) {
        return collection.countDocuments(MongoQueries.ours(filter));
      }
    } catch (MongoException e) {
      throw connection.failure(e);
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
      throw connection.failure(e);
    }
  }

  @Override
  public void close() {
    connection.client().close();
  }
}
