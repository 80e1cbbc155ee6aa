package io.github.sparkpysocial.samples.cli;

import org.apache.spark.sql.SparkSession;

/** Starts Spark inside this process. */
final class SparkSessions {
  private SparkSessions() {}

  /**
   * Returns a session on all cores, in UTC, that opens no port to others and writes nothing here.
   */
  static SparkSession local() {
    String cores = String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
    return SparkSession.builder()
        .appName("sparkpy")
        .master("local[" + cores + "]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", false)
        .config("spark.ui.showConsoleProgress", false)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", cores)
        .config(
            "spark.sql.warehouse.dir",
            java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), "sparkpy-warehouse")
                .toString())
        .getOrCreate();
  }
}
