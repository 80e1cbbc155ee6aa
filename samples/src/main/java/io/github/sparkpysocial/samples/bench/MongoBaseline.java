package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.mongodb.ConnectionString;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.github.sparkpysocial.testkit.server.MongoServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Replaces or inserts each document by its key, a thousand a request: the usual way to load much
 * into MongoDB more than once. The server is the real one that {@code SPARKPY_MONGODB_URI} names,
 * or else one in memory, in a process of its own.
 */
final class MongoBaseline implements BulkBaseline {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String DATABASE = "sparkpy_bench";
  private static final int BATCH = 1_000;
  private static final Set<String> TIMES = Set.of("created_at", "fetched_at");

  private final @Nullable MongoProcess process;
  private final String server;

  MongoBaseline() {
    try {
      process = System.getenv("SPARKPY_MONGODB_URI") == null ? MongoProcess.start() : null;
    } catch (IOException e) {
      throw new UncheckedIOException("The MongoDB server of the benchmark did not start", e);
    }
    server = process == null ? MongoServer.real().uri() : process.uri();
  }

  @Override
  public String name() {
    return "mongodb-driver-sync: bulkWrite of ReplaceOne upserts, Jackson streaming";
  }

  @Override
  public String target(String name) {
    return server + '/' + DATABASE + "::" + name;
  }

  @Override
  public long load(Path jsonLines, String targetUri) throws IOException {
    long records = 0;
    List<WriteModel<Document>> batch = new ArrayList<>(BATCH);
    try (MongoClient client = MongoClients.create(new ConnectionString(server));
        InputStream in = Files.newInputStream(jsonLines);
        JsonParser json = JSON.createParser(in)) {
      MongoCollection<Document> collection =
          collection(client, targetUri).withWriteConcern(WriteConcern.MAJORITY);
      while (json.nextToken() != null) {
        Document document = new Document();
        fields(json, document);
        String key =
            document.getString("network")
                + '/'
                + document.getString("record")
                + '/'
                + document.getString("id");
        batch.add(
            new ReplaceOneModel<>(
                Filters.eq("_id", key),
                document.append("_id", key),
                new ReplaceOptions().upsert(true)));
        if (batch.size() == BATCH) {
          records += write(collection, batch);
        }
      }
      records += write(collection, batch);
    }
    return records;
  }

  private static long write(
      MongoCollection<Document> collection, List<WriteModel<Document>> batch) {
    int size = batch.size();
    if (size > 0) {
      collection.bulkWrite(batch, new BulkWriteOptions().ordered(false));
      batch.clear();
    }
    return size;
  }

  private static void fields(JsonParser json, Document document) throws IOException {
    String field;
    while ((field = json.nextFieldName()) != null) {
      json.nextToken();
      Object value = value(json);
      document.append(
          field,
          TIMES.contains(field) && value instanceof String time
              ? Date.from(Instant.parse(time))
              : value);
    }
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Document document = new Document();
        fields(json, document);
        yield document;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }

  private static MongoCollection<Document> collection(MongoClient client, String targetUri) {
    String name = targetUri.substring(targetUri.indexOf("::") + 2);
    return client.getDatabase(DATABASE).getCollection(name);
  }

  @Override
  public void remove(String targetUri) {
    try (MongoClient client = MongoClients.create(new ConnectionString(server))) {
      collection(client, targetUri).drop();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
