package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A collection that answers.
 *
 * @param host where it is, for people
 */
record MongoConnection(
    PlaceUri uri, String host, MongoClient client, MongoDatabase database, String name) {
  private static final int ANSWERS_WITHIN_SECONDS = 3;

  /**
   * Connects and asks the server whether it is there.
   *
   * @param password for a user without one in the URI, or {@code null}
   * @param listener hears each command, or {@code null}
   */
  static MongoConnection open(
      PlaceUri uri, @Nullable String password, @Nullable CommandListener listener) {
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
    if (listener != null) {
      settings.addCommandListener(listener);
    }
    String host = String.join(",", connection.getHosts());
    MongoClient client = MongoClients.create(settings.build());
    try {
      MongoDatabase opened = client.getDatabase(database);
      opened.runCommand(new Document("ping", 1));
      return new MongoConnection(uri, host, client, opened, table);
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

  /** Returns the collection of records. */
  MongoCollection<Document> collection() {
    return database.getCollection(name);
  }

  /** Says what failed, without the text of the driver, which may hold a password or a post. */
  RuntimeException failure(MongoException e) {
    return failure(uri, host, e);
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
}
