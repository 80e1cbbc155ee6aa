package io.github.sparkpysocial.connectors.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends SqlStoreContract {
  @TempDir Path directory;

  @Override
  String url() {
    return "jdbc:sqlite:" + directory.resolve("social.db");
  }
}
