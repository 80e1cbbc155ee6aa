package io.github.sparkpysocial.streaming.sink;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A collection of MongoDB: a document a row, whose {@code _id} is the document of its key. A
 * document is replaced if it is of this batch or an earlier one; where it is of a later one, the
 * upsert meets the unique index on {@code _id} and is refused, which is what is wanted.
 */
record MongoTable(String uri, String database, String name) implements Table {
  private static final int ROWS_A_REQUEST = 500;
  private static final int ANSWERS_WITHIN_SECONDS = 10;
  private static final int DUPLICATE_KEY = 11_000;

  /**
   * Returns the collection that a place names.
   *
   * @throws IllegalArgumentException if it names no database, or a user without a password
   */
  static MongoTable of(PlaceUri place, String name) {
    String uri = "mongodb:" + place.location();
    ConnectionString connection;
    try {
      connection = new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      // The driver's message may show the password.
      throw new IllegalArgumentException(
          place + " is no connection string; write it as mongodb://user@host:port/database::table");
    }
    String database = connection.getDatabase();
    if (database == null) {
      throw new IllegalArgumentException(
          place + " names no database; put it after the host, as in mongodb://localhost/db::table");
    }
    return new MongoTable(uri, database, name);
  }

  @Override
  public boolean isEmbedded() {
    return false;
  }

  /** Asks whether the server is there; MongoDB makes collections by itself. */
  @Override
  public void create(Columns columns) {
    try (MongoClient client = connect()) {
      Document unused = client.getDatabase(database).runCommand(new Document("ping", 1));
    } catch (MongoException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(Iterator<Row> rows, Columns columns, long batch) {
    if (!rows.hasNext()) {
      return;
    }
    try (MongoClient client = connect()) {
      MongoCollection<Document> collection = client.getDatabase(database).getCollection(name);
      List<Document> waiting = new ArrayList<>();
      while (rows.hasNext()) {
        waiting.add(document(rows.next(), columns, batch));
        if (waiting.size() == ROWS_A_REQUEST || !rows.hasNext()) {
          // Refused are rows of a later batch, and one that somebody else has made at this moment:
          // that one is there now, and is replaced unless it is newer.
          replace(collection, replace(collection, waiting, batch, true), batch, false);
          waiting.clear();
        }
      }
    } catch (MongoException e) {
      throw failed(e);
    }
  }

  private MongoClient connect() {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS))
            .applyConnectionString(new ConnectionString(uri))
            .applicationName("sparkpy-social")
            .writeConcern(WriteConcern.MAJORITY)
            .build());
  }

  private static Document document(Row row, Columns columns, long batch) {
    Document key = new Document();
    columns.key().forEach(column -> key.append(column, value(row.getAs(column))));
    Document document = new Document("_id", key);
    for (String column : columns.types().fieldNames()) {
      document.append(column, value(row.getAs(column)));
    }
    return document.append(BATCH, batch);
  }

  /** MongoDB's times are of milliseconds. */
  private static @Nullable Object value(@Nullable Object value) {
    return value instanceof Instant time ? Date.from(time) : value;
  }

  /** Writes documents and returns those that were refused as their key is there. */
  private static List<Document> replace(
      MongoCollection<Document> collection, List<Document> documents, long batch, boolean inserts) {
    List<Document> refused = new ArrayList<>();
    if (documents.isEmpty()) {
      return refused;
    }
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (Document document : documents) {
      Bson older = Filters.and(Filters.eq("_id", document.get("_id")), Filters.lte(BATCH, batch));
      writes.add(new ReplaceOneModel<>(older, document, new ReplaceOptions().upsert(inserts)));
    }
    try {
      var unused = collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      for (BulkWriteError error : e.getWriteErrors()) {
        if (error.getCode() != DUPLICATE_KEY) {
          throw e;
        }
        refused.add(documents.get(error.getIndex()));
      }
      if (e.getWriteConcernError() != null) {
        throw e;
      }
    }
    return refused;
  }

  /** Says what failed without the driver's text, which may hold a password. */
  private StoreException failed(MongoException e) {
    return new StoreException(
        "The collection "
            + name
            + " of "
            + String.join(",", new ConnectionString(uri).getHosts())
            + " cannot be written: "
            + e.getClass().getSimpleName()
            + " "
            + e.getCode()
            + ". Is MongoDB running there, and may this user write?",
        e);
  }

  @Override
  public String toString() {
    return "collection " + name;
  }
}
