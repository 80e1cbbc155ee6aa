package io.github.sparkpysocial.streaming.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class TableSinkTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final StructType SCHEMA =
      new StructType()
          .add("window_start", DataTypes.TimestampType)
          .add("value", DataTypes.StringType)
          .add("posts", DataTypes.LongType);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "sqlite", "h2"})
  void aRowReplacesThatOfItsKeyUnlessThatIsNewer(String database) throws Exception {
    PlaceUri place =
        PlaceUri.parse(
            switch (database) {
              case "postgresql" -> PostgresServer.shared().uri("counts");
              case "sqlite" -> "jdbc:sqlite:" + directory.resolve("counts.db") + "::counts";
              default -> "jdbc:h2:" + directory.resolve("counts") + "::counts";
            });
    TableSink sink = TableSink.to(place, "window_start", "value");

    sink.call(counts("spark", 3, "java", 1), 0L);
    sink.call(counts("spark", 5, "scala", 2), 1L);
    sink.call(counts("spark", 5, "scala", 2), 1L); // run again after a failure
    sink.call(counts("spark", 3, "java", 1), 0L); // by a driver that was taken for dead

    assertThat(rows(place)).containsExactlyInAnyOrder("spark 5 1", "java 1 0", "scala 2 1");
  }

  @Test
  void aDocumentReplacesThatOfItsKeyUnlessThatIsNewer() {
    try (MongoServer server = MongoServer.inMemory();
        MongoClient client = MongoClients.create(server.uri())) {
      TableSink sink =
          TableSink.to(PlaceUri.parse(server.uri("trends", "counts")), "window_start", "value");

      sink.call(counts("spark", 3, "java", 1), 0L);
      sink.call(counts("spark", 5, "scala", 2), 1L);
      sink.call(counts("spark", 5, "scala", 2), 1L); // run again after a failure
      sink.call(counts("spark", 3, "java", 1), 0L); // by a driver that was taken for dead

      List<String> rows = new ArrayList<>();
      for (Document row : client.getDatabase("trends").getCollection("counts").find()) {
        assertThat(row.getDate("window_start")).isEqualTo(NOON);
        rows.add(row.getString("value") + ' ' + row.getLong("posts") + ' ' + row.getLong("batch"));
      }
      assertThat(rows).containsExactlyInAnyOrder("spark 5 1", "java 1 0", "scala 2 1");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithoutThePassword() {
    TableSink sink =
        TableSink.to(
            PlaceUri.parse(
                "mongodb://me:secret@127.0.0.1:1/trends?serverSelectionTimeoutMS=100::counts"),
            "value");

    assertThatThrownBy(() -> sink.call(counts("a", 1, "b", 2), 0L))
        .hasMessageContaining("The collection counts of 127.0.0.1:1 cannot be written: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void wrongChoicesAreRefusedBeforeAnythingRuns() {
    assertThatThrownBy(() -> TableSink.to(PlaceUri.parse("posts.jsonl"), "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A table is named like jdbc:postgresql://host/database::table,"
                + " mongodb://host/database::table or cassandra://host/keyspace::table, not posts.jsonl");
    assertThatThrownBy(() -> TableSink.to(PlaceUri.parse("jdbc:oracle:thin::counts"), "value"))
        .hasMessageContaining("There is no sink for tables of 'oracle'");
    TableSink sink = TableSink.to(PlaceUri.parse("jdbc:h2:mem:x::counts"), "day");
    assertThatThrownBy(() -> sink.call(counts("a", 1, "b", 2), 0L))
        .hasMessage(
            "The stream has no column day to tell its rows by; it has window_start, value, posts");
  }

  private static Dataset<Row> counts(String value, long posts, String other, long otherPosts) {
    return SPARK
        .session()
        .createDataFrame(
            List.of(
                RowFactory.create(Timestamp.from(NOON), value, posts),
                RowFactory.create(Timestamp.from(NOON), other, otherPosts)),
            SCHEMA);
  }

  private static List<String> rows(PlaceUri place) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:" + place.location());
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT \"value\", \"posts\", \"batch\" FROM \"counts\"")) {
      while (result.next()) {
        rows.add(result.getString(1) + ' ' + result.getLong(2) + ' ' + result.getLong(3));
      }
    }
    return rows;
  }
}
