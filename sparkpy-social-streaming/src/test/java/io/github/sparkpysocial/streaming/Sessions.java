package io.github.sparkpysocial.streaming;

import org.apache.spark.sql.SparkSession;

/** One session for all tests of the module. */
public final class Sessions {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private Sessions() {}

  public static SparkSession spark() {
    return SPARK;
  }
}
