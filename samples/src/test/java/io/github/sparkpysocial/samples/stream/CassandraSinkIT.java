package io.github.sparkpysocial.samples.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.CassandraServer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counts of a stream in a real Cassandra, once by key and batch. */
class CassandraSinkIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final StructType SCHEMA =
      StructType.fromDDL("window_start TIMESTAMP, value STRING, posts BIGINT");

  @Test
  void aRowReplacesThatOfItsKeyUnlessThatIsNewer() {
    CassandraServer server = CassandraServer.shared();
    TableSink sink =
        TableSink.to(PlaceUri.parse(server.uri("trends", "counts")), "window_start", "value");
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(server.address())
            .withLocalDatacenter(server.datacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
                    .build())
            .build()) {
      assertThatThrownBy(() -> sink.call(counts("spark", 3, "java", 1), 0L))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("has no keyspace trends; make it");
      var unused =
          session.execute(
              "CREATE KEYSPACE trends WITH replication ="
                  + " {'class': 'SimpleStrategy', 'replication_factor': 1}");

      sink.call(counts("spark", 3, "java", 1), 0L);
      sink.call(counts("spark", 5, "scala", 2), 1L);
      sink.call(counts("spark", 5, "scala", 2), 1L); // run again after a failure
      sink.call(counts("spark", 3, "java", 1), 0L); // by a driver that was taken for dead

      List<String> rows = new ArrayList<>();
      for (Row row : session.execute("SELECT * FROM trends.counts")) {
        assertThat(row.getInstant("window_start")).isEqualTo(NOON);
        rows.add(row.getString("value") + ' ' + row.getLong("posts") + ' ' + row.getLong("batch"));
      }
      assertThat(rows).containsExactlyInAnyOrder("spark 5 1", "java 1 0", "scala 2 1");
    }
  }

  private static Dataset<org.apache.spark.sql.Row> counts(
      String value, long posts, String other, long otherPosts) {
    return SPARK
        .session()
        .createDataFrame(
            List.of(
                RowFactory.create(Timestamp.from(NOON), value, posts),
                RowFactory.create(Timestamp.from(NOON), other, otherPosts)),
            SCHEMA);
  }
}
