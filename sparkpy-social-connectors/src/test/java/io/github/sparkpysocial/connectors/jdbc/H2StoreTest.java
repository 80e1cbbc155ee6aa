package io.github.sparkpysocial.connectors.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends SqlStoreContract {
  @TempDir Path directory;

  @Override
  String url() {
    return "jdbc:h2:" + directory.resolve("social");
  }
}
