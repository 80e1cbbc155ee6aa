package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.place.PlaceUri;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** PostgreSQL through Spark's own JDBC source. */
final class PostgresTable {
  private PostgresTable() {}

  static @Nullable NativeTable of(SparkSession spark, PlaceUri place) {
    String table = place.table();
    if (!place.location().startsWith("postgresql:") || table == null) {
      return null;
    }
    NativeTable.check(place);
    String[] parts = new String[NativeTable.tasks(spark)];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = "(hashtext(\"record_key\") & 2147483647) % " + parts.length + " = " + i;
    }
    Properties properties = new Properties();
    properties.setProperty("driver", "org.postgresql.Driver");
    properties.setProperty("fetchsize", "1000");
    if (!place.location().matches("(?i).*[?&]password=.*")) {
      String password = System.getenv("JDBC_PASSWORD");
      password = password == null ? System.getenv("PGPASSWORD") : password;
      if (password != null) {
        properties.setProperty("password", password);
      }
    }
    if (Boolean.parseBoolean(spark.conf().get("spark.sql.datetime.java8API.enabled"))) {
      // Spark then spells times in the zone of its session, and the driver in that of the JVM.
      String zone = spark.conf().get("spark.sql.session.timeZone").replace("'", "");
      properties.setProperty("sessionInitStatement", "SET TIME ZONE '" + zone + "'");
    }
    Dataset<Row> rows;
    try {
      rows = spark.read().jdbc("jdbc:" + place.location(), quoted(table), parts, properties);
    } catch (Exception noSuchTable) { // Scala does not declare what is checked
      return null;
    }
    return NativeTable.isOurs(rows) ? new NativeTable(rows, true) : null;
  }

  private static String quoted(String table) {
    if (table.contains("\"")) {
      return table;
    }
    return '"' + String.join("\".\"", table.split("\\.", -1)) + '"';
  }
}
