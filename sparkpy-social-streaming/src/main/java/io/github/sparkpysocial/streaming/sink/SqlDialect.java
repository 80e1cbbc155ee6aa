package io.github.sparkpysocial.streaming.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How databases spell a table and the row that replaces another unless that is newer. */
enum SqlDialect {
  POSTGRESQL("TEXT", "TEXT", "DOUBLE PRECISION", "TIMESTAMP WITH TIME ZONE", '"'),
  SQLITE("TEXT", "TEXT", "REAL", "TIMESTAMP", '"'),
  H2("VARCHAR", "VARCHAR", "DOUBLE PRECISION", "TIMESTAMP WITH TIME ZONE", '"'),
  /** InnoDB indexes at most 3072 bytes of a key, four for each character. */
  MARIADB("TEXT", "VARCHAR(191) COLLATE utf8mb4_bin", "DOUBLE", "TIMESTAMP(6) NULL", '`');

  private final String text;
  private final String keyText;
  private final String number;
  private final String time;
  private final char quote;

  SqlDialect(String text, String keyText, String number, String time, char quote) {
    this.text = text;
    this.keyText = keyText;
    this.number = number;
    this.time = time;
    this.quote = quote;
  }

  /**
   * Returns the dialect of a database.
   *
   * @throws IllegalArgumentException if it is not known
   */
  static SqlDialect of(String url) {
    String kind = url.replaceFirst("^jdbc:", "").replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "postgresql" -> POSTGRESQL;
      case "sqlite" -> SQLITE;
      case "h2" -> H2;
      case "mariadb", "mysql" -> MARIADB;
      default ->
          throw new IllegalArgumentException(
              "There is no sink for tables of '"
                  + kind
                  + "'; there are postgresql, mariadb, mysql, sqlite, h2");
    };
  }

  /** Returns whether only one connection at a time should write. */
  static boolean isEmbedded(String url) {
    return url.startsWith("jdbc:sqlite:")
        || (url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:"));
  }

  /** Returns the statement that makes the table if it is not there. */
  String create(String table, StructType columns, List<String> key) {
    List<String> parts = new ArrayList<>();
    for (StructField column : columns.fields()) {
      boolean inKey = key.contains(column.name());
      parts.add(
          quoted(column.name())
              + ' '
              + type(column.dataType(), inKey)
              + (inKey ? " NOT NULL" : ""));
    }
    parts.add(quoted(Table.BATCH) + " BIGINT NOT NULL");
    parts.add("PRIMARY KEY (" + list(key) + ')');
    return "CREATE TABLE IF NOT EXISTS " + quoted(table) + " (" + String.join(", ", parts) + ')';
  }

  /** Returns the statement that writes a row: a parameter for each column, then the batch. */
  String upsert(String table, StructType columns, List<String> key) {
    List<String> names = new ArrayList<>(List.of(columns.fieldNames()));
    names.add(Table.BATCH);
    List<String> others = names.stream().filter(name -> !key.contains(name)).toList();
    String insert =
        "INSERT INTO "
            + quoted(table)
            + " ("
            + list(names)
            + ") VALUES ("
            + names.stream().map(name -> "?").collect(Collectors.joining(", "))
            + ')';
    String old = quoted(table) + '.' + quoted(Table.BATCH);
    return switch (this) {
      case POSTGRESQL, SQLITE ->
          insert
              + " ON CONFLICT ("
              + list(key)
              + ") DO UPDATE SET "
              + others.stream()
                  .map(name -> quoted(name) + " = excluded." + quoted(name))
                  .collect(Collectors.joining(", "))
              + " WHERE "
              + old
              + " <= excluded."
              + quoted(Table.BATCH);
      case MARIADB -> // the batch last, since each assignment sees those before it
          insert
              + " ON DUPLICATE KEY UPDATE "
              + others.stream()
                  .map(
                      name ->
                          quoted(name)
                              + " = IF(VALUES("
                              + quoted(Table.BATCH)
                              + ") >= "
                              + quoted(Table.BATCH)
                              + ", VALUES("
                              + quoted(name)
                              + "), "
                              + quoted(name)
                              + ')')
                  .collect(Collectors.joining(", "));
      case H2 -> merge(table, names, key, others);
    };
  }

  private String merge(String table, List<String> names, List<String> key, List<String> others) {
    return "MERGE INTO "
        + quoted(table)
        + " USING (VALUES ("
        + names.stream().map(name -> "?").collect(Collectors.joining(", "))
        + ")) new("
        + list(names)
        + ") ON "
        + key.stream()
            .map(name -> quoted(table) + '.' + quoted(name) + " = new." + quoted(name))
            .collect(Collectors.joining(" AND "))
        + " WHEN MATCHED AND "
        + quoted(table)
        + '.'
        + quoted(Table.BATCH)
        + " <= new."
        + quoted(Table.BATCH)
        + " THEN UPDATE SET "
        + others.stream()
            .map(name -> quoted(name) + " = new." + quoted(name))
            .collect(Collectors.joining(", "))
        + " WHEN NOT MATCHED THEN INSERT ("
        + list(names)
        + ") VALUES ("
        + names.stream().map(name -> "new." + quoted(name)).collect(Collectors.joining(", "))
        + ')';
  }

  private String type(DataType type, boolean inKey) {
    if (type.equals(DataTypes.StringType)) {
      return inKey ? keyText : text;
    }
    if (type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType)) {
      return "BIGINT";
    }
    if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      return number;
    }
    if (type.equals(DataTypes.BooleanType)) {
      return "BOOLEAN";
    }
    if (type.equals(DataTypes.TimestampType)) {
      return inKey ? time.replace(" NULL", "") : time;
    }
    throw new IllegalArgumentException(
        "A table has no columns of type "
            + type.simpleString()
            + "; take texts, numbers, booleans or times");
  }

  private String list(List<String> names) {
    return names.stream().map(this::quoted).collect(Collectors.joining(", "));
  }

  private String quoted(String name) {
    return quote + name.replace(String.valueOf(quote), "") + quote;
  }
}
