package io.github.sparkpysocial.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import io.github.sparkpysocial.testkit.server.MariaDbServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract on a real MariaDB, and what is particular to it. */
class MariaDbStoreIT extends SqlStoreContract {
  @Override
  String url() {
    return MariaDbServer.shared().url();
  }

  @Override
  String quoted(String name) {
    return '`' + name + '`';
  }

  @Test
  void theSchemeOfMySqlIsServedByTheSameDriver() {
    Post post = SampleRecords.post("1", "by another scheme");
    String mysql = url().replace("jdbc:mariadb:", "jdbc:mysql:");
    try (RecordStore store =
        JdbcStore.open(
            PlaceUri.parse(mysql + "::mysqlscheme"), StoreOptions.with(quarantine), Map.of())) {
      store.write(List.of(post));
      assertThat(all(store)).containsExactly(post);
    }
  }

  @Test
  void nulIsKeptAndTooLongAnIdIsSetAside() {
    Post nul = SampleRecords.post("a\0b", "before \0 after");
    Post longest = SampleRecords.post("ä".repeat(380) + "z", "fits");
    Post tooLong = SampleRecords.post("ä".repeat(381), "does not");
    try (RecordStore store = store("limits")) {
      assertThat(store.write(List.of(nul, longest, tooLong)))
          .isEqualTo(new WriteSummary(2, 0, 0, 0, 1));
      assertThat(all(store)).containsExactly(nul, longest);
      assertThat(store.write(List.of(nul, longest)).unchanged()).isEqualTo(2);
    }
    assertThat(quarantine.rejected().get(0).field()).isEqualTo("id");
  }

  @Test
  void aRecordLargerThanARequestIsSetAside() {
    Post huge = SampleRecords.post("1", "x".repeat(16 << 20));
    try (RecordStore store = store("huge")) {
      assertThat(store.write(List.of(huge, SampleRecords.post("2", "small"))))
          .isEqualTo(new WriteSummary(1, 0, 0, 0, 1));
    }
    assertThat(quarantine.rejected().get(0).reason()).contains("takes at once");
  }

  @Test
  void rowsComeAsTheyAreReadAndNotAllAtOnce() throws SQLException {
    try (RecordStore store = store("large")) {
      store.write(List.of(SampleRecords.post("0", "small")));
      execute(
          "INSERT INTO large (record_key, content, record, network, id, kind, text)"
              + " SELECT concat('x/post/', seq), seq, 'post', 'x', seq, 'original',"
              + " repeat('x', 20000) FROM seq_1_to_20000");
      long before = usedHeap();
      try (RecordCursor cursor = store.readAll()) {
        cursor.next();
        assertThat(usedHeap() - before).isLessThan(100L << 20);
      }
      int read = 0;
      try (RecordCursor cursor = store.readAll()) {
        while (cursor.hasNext()) {
          cursor.next();
          read++;
        }
      }
      assertThat(read).isEqualTo(20_001);
    }
  }

  @Test
  void aRefusedPasswordIsNotShown() {
    PlaceUri wrong =
        PlaceUri.parse(url().replace("password=social", "password=wrong-secret") + "::posts");

    assertThatThrownBy(() -> JdbcStore.open(wrong, StoreOptions.with(quarantine), Map.of()))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("refused the user or password of jdbc:mariadb://127.0.0.1")
        .satisfies(SqlStoreContract::showsNoSecret);
    PlaceUri without = PlaceUri.parse(url().replace("&password=social", "") + "::posts");
    JdbcStore.open(without, StoreOptions.with(quarantine), Map.of("JDBC_PASSWORD", "social"))
        .close();
  }
}
