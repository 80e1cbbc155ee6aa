package io.github.sparkpysocial.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.github.sparkpysocial.testkit.server.CassandraServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The server of the testkit is the real one. */
class CassandraServerTest {

  @Test
  void itIsCassandra5() {
    CassandraServer server = CassandraServer.shared();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(server.address())
            .withLocalDatacenter(server.datacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
                    .build())
            .build()) {
      Row row = session.execute("SELECT release_version FROM system.local").one();
      assertThat(row).isNotNull();
      assertThat(row.getString(0)).startsWith("5.0.");
    }
  }
}
