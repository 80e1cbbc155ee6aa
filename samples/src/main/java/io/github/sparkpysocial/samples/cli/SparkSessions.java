package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.samples.cluster.StandaloneCluster;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Starts Spark inside this process. */
final class SparkSessions {
  private SparkSessions() {}

  /**
   * Returns a session on all cores, in UTC, that opens no port to others and writes nothing here.
   */
  static SparkSession local() {
    return builder().getOrCreate();
  }

  /** Returns such a session whose tasks run on a cluster. */
  static SparkSession on(StandaloneCluster cluster) {
    SparkSession.Builder builder = builder();
    cluster.settings().forEach(builder::config);
    return builder.getOrCreate();
  }

  private static SparkSession.Builder builder() {
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
            Path.of(System.getProperty("java.io.tmpdir"), "sparkpy-warehouse").toString());
  }
}
