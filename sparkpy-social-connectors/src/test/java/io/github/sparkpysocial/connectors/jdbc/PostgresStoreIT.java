package io.github.sparkpysocial.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract on a real PostgreSQL, and what is particular to it. */
class PostgresStoreIT extends SqlStoreContract {
  @Override
  String url() {
    return PostgresServer.shared().url();
  }

  @Test
  void aTextWithNulIsSetAsideAndTheRestIsKept() {
    Post post = SampleRecords.post("1", "before \0 after");
    Post id = SampleRecords.post("a\0b", "fine");
    try (RecordStore store = store("nul")) {
      assertThat(store.write(List.of(post, SampleRecords.post("2", "kept"), id)))
          .isEqualTo(new WriteSummary(1, 0, 0, 0, 2));
      assertThat(all(store)).containsExactly(SampleRecords.post("2", "kept"));
    }
    assertThat(quarantine.rejected())
        .extracting(rejected -> rejected.field() + " " + rejected.reason())
        .containsExactly(
            "text has the character NUL, which PostgreSQL cannot keep in a text",
            "id has the character NUL, which PostgreSQL cannot keep in a text");
  }

  @Test
  void anIdTooLongForTheIndexIsSetAside() {
    StringBuilder random = new StringBuilder();
    for (int i = 0; random.length() < 2_590; i++) {
      random.append(Integer.toHexString(i * 0x9E3779B9));
    }
    Post longest = SampleRecords.post(random.substring(0, 2_593), "fits");
    Post tooLong = SampleRecords.post(random.substring(0, 2_590) + "12345", "does not");
    try (RecordStore store = store("longids")) {
      assertThat(store.write(List.of(longest, tooLong))).isEqualTo(new WriteSummary(1, 0, 0, 0, 1));
      assertThat(all(store)).containsExactly(longest);
    }
    assertThat(quarantine.rejected().get(0).reason()).contains("2600 bytes");
  }

  @Test
  void aTableOfAnotherSchemaIsNamedWithIt() throws SQLException {
    execute("CREATE SCHEMA \"Wild.West\"");
    Post post = SampleRecords.post("1", "in another schema");
    try (RecordStore store = store("\"Wild.West\".posts")) {
      store.write(List.of(post));
      assertThat(all(store)).containsExactly(post);
    }
    assertThat(value("SELECT text FROM \"Wild.West\".posts")).isEqualTo("in another schema");
    assertThat(value("SELECT version FROM \"Wild.West\".sparkpy_social_schema")).isEqualTo("1");
  }

  @Test
  void rowsComeAsTheyAreReadAndNotAllAtOnce() throws SQLException {
    try (RecordStore store = store("large")) {
      store.write(List.of(SampleRecords.post("0", "small")));
      execute(
          "INSERT INTO large (record_key, content, record, network, id, kind, text)"
              + " SELECT 'x/post/' || g, g, 'post', 'x', g, 'original', repeat('x', 20000)"
              + " FROM generate_series(1, 20000) g");
      long before = usedHeap();
      try (RecordCursor cursor = store.readAll()) {
        cursor.next();
        assertThat(usedHeap() - before).isLessThan(100L << 20);
        int read = 1;
        while (cursor.hasNext()) {
          cursor.next();
          read++;
        }
        assertThat(read).isEqualTo(20_001);
      }
    }
  }

  @Test
  void idsOfAKnownNetworkAreFoundByThePrimaryKey() throws SQLException {
    try (RecordStore store = store("planned")) {
      store.write(List.of(SampleRecords.post("1", "one"), SampleRecords.post("2", "two")));
      String sql = store.explain(Filter.ALL.withIds(List.of("1")).from(Network.X), Projection.ALL);
      assertThat(sql).contains("\"record_key\" IN (");
    }
    execute(
        "INSERT INTO planned (record_key, content, record, network, id, kind, text)"
            + " SELECT 'x/post/p' || g, g, 'post', 'x', 'p' || g, 'original', 'text'"
            + " FROM generate_series(1, 20000) g",
        "ANALYZE planned");
    assertThat(value("EXPLAIN SELECT text FROM planned WHERE record_key IN ('x/post/1', 'b')"))
        .contains("planned_pkey");
  }

  @Test
  void aRefusedPasswordIsNotShown() throws SQLException {
    String file = value("SHOW hba_file");
    execute(
        "CREATE ROLE locked LOGIN PASSWORD 'right-secret'",
        "COPY (VALUES ('host all locked all scram-sha-256'), ('host all all all trust'),"
            + " ('local all all trust')) TO '"
            + file
            + "'",
        "SELECT pg_reload_conf()");
    String locked = url().replace("user=postgres", "user=locked");

    assertThatThrownBy(
            () ->
                JdbcStore.open(
                    PlaceUri.parse(locked + "::posts"),
                    StoreOptions.with(quarantine),
                    Map.of("PGPASSWORD", "wrong-secret")))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("refused the user or password of jdbc:postgresql://127.0.0.1")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("wrong-secret");
    assertThatThrownBy(
            () ->
                JdbcStore.open(
                    PlaceUri.parse(locked + "&password=wrong-secret::posts"),
                    StoreOptions.with(quarantine),
                    Map.of()))
        .isInstanceOf(AuthenticationException.class)
        .satisfies(SqlStoreContract::showsNoSecret);
    JdbcStore.open(
            PlaceUri.parse(locked + "::posts"),
            StoreOptions.with(quarantine),
            Map.of("JDBC_PASSWORD", "right-secret"))
        .close();
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    assertThatThrownBy(
            () ->
                JdbcStore.open(
                    PlaceUri.parse(
                        "jdbc:postgresql://127.0.0.1:1/db?user=social&password=wrong-secret::posts"),
                    StoreOptions.with(quarantine),
                    Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1/db?user=social&password=***::posts")
        .hasMessageContaining("is the server running")
        .satisfies(SqlStoreContract::showsNoSecret);
  }

  @Test
  void whatAnotherProgramWritesAtTheSameTimeIsSeen() throws SQLException {
    try (RecordStore store = store("shared")) {
      store.write(List.of(SampleRecords.post("1", "one")));
      execute(
          "INSERT INTO shared (record_key, content, record, network, id, kind, text)"
              + " VALUES ('x/post/2', 'other', 'post', 'x', '2', 'original', 'theirs')");
      assertThat(store.write(List.of(SampleRecords.post("2", "ours"))))
          .isEqualTo(new WriteSummary(0, 1, 0, 0, 0));
      assertThat(store.count(Filter.ALL)).isEqualTo(2);
    }
  }
}
