package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.spi.SchemaVersion;
import org.bson.Document;

/**
 * The version of the schema of each collection, kept in the companion collection {@code
 * sparkpy_schema} of its database. Documents need no migration: a field that an older version did
 * not write is unknown.
 */
final class MongoSchema {
  /** The name of the companion collection. */
  static final String COLLECTION = "sparkpy_schema";

  private static final String VERSION = "version";

  private final MongoCollection<Document> versions;
  private final String name;
  private boolean mustBeWritten;

  /**
   * Checks the version that a collection has.
   *
   * @throws io.github.sparkpysocial.StoreException if it is newer than this library
   */
  MongoSchema(MongoConnection connection) {
    this.versions = connection.database().getCollection(COLLECTION);
    this.name = connection.name();
    Document found = versions.find(Filters.eq(MongoDocuments.ID, name)).first();
    Object version = found == null ? null : found.get(VERSION);
    mustBeWritten =
        version == null
            || SchemaVersion.isOlder(
                connection.uri().toString(),
                version instanceof Number number ? number.intValue() : 0);
  }

  /** Writes the version down, once, before the first record is written. */
  void writing() {
    if (mustBeWritten) {
      versions.replaceOne(
          Filters.eq(MongoDocuments.ID, name),
          new Document(MongoDocuments.ID, name).append(VERSION, RecordSchema.VERSION),
          new ReplaceOptions().upsert(true));
      mustBeWritten = false;
    }
  }
}
