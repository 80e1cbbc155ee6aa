package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.SchemaVersion;
import io.github.sparkpysocial.spi.WellFormed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a partitioned directory are: in directories {@code column=value} within each
 * other, as Hive and Spark have them. Kept in the directory in a file that these pass over.
 *
 * @param by the columns, the outermost first: {@code day}, {@code month}, {@code year}, or a column
 *     of texts such as {@code network}
 * @param format the ending of its files, without its first dot, such as {@code jsonl.gz}
 */
record PartitionLayout(List<String> by, String format) {
  static final String FILE = "_layout.json";
  static final List<String> DEFAULT_BY = List.of("network", "day");
  static final String DEFAULT_FORMAT = "jsonl";

  /** What Hive and Spark write for a value that is not there. */
  static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  /** The days that have a name; a time beyond them is where those without a time are. */
  private static final Instant FIRST = Instant.parse("-9999-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("+10000-01-01T00:00:00Z");

  private static final int LONGEST_NAME = 200;
  private static final List<String> TIMES = List.of("day", "month", "year");
  private static final ObjectMapper JSON = new ObjectMapper();

  PartitionLayout {
    by = List.copyOf(by);
    FileType.of("part." + format, "the format '" + format + "'");
    for (String column : by) {
      if (!TIMES.contains(column) && !isText(column)) {
        throw new IllegalArgumentException(
            "Records cannot be partitioned by '"
                + column
                + "'; use network, day, month, year or another column of short texts");
      }
    }
  }

  private static boolean isText(String name) {
    for (Column column : RecordSchema.union(EnumSet.allOf(RecordKind.class))) {
      if (column.name().equals(name)) {
        return column.type() == ColumnType.STRING
            && !List.of("record", "id", "text", "raw").contains(name);
      }
    }
    return false;
  }

  /** Returns the layout that a directory keeps, or {@code null} if it keeps none. */
  static @Nullable PartitionLayout read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      SchemaVersion.isOlder(directory.toString(), json.path("schema").asInt());
      List<String> by = new ArrayList<>();
      json.path("by").forEach(column -> by.add(column.asText()));
      return new PartitionLayout(by, json.path("format").asText());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StoreException(
          file + " is no layout of a partitioned directory; restore it, or move it away to read",
          e);
    }
  }

  /** Keeps the layout in a directory. */
  void write(Path directory) throws IOException {
    Map<String, Object> json = new TreeMap<>();
    json.put("schema", RecordSchema.VERSION);
    json.put("by", by);
    json.put("format", format);
    Path fresh = directory.resolve("." + FILE + ".new");
    Files.write(fresh, JSON.writeValueAsBytes(json));
    Files.move(
        fresh,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  FileType type() {
    return FileType.of("part." + format, format);
  }

  /**
   * Returns the file that a record goes into, within the directory.
   *
   * @throws BadItemException if a value is too long for the name of a directory
   */
  String file(SocialRecord record) throws BadItemException {
    StringBuilder path = new StringBuilder();
    List<@Nullable Object> values = null;
    for (String column : by) {
      String value;
      if (TIMES.contains(column)) {
        boolean known = !(record instanceof Tombstone);
        value = known ? time(RecordSchema.of(record.recordKind()).time(record), column) : null;
      } else if (column.equals("network")) {
        value = record.network().name();
      } else {
        values = values == null ? RecordSchema.of(record.recordKind()).values(record) : values;
        value = text(record, values, column);
      }
      String name = value == null || value.isEmpty() ? NO_VALUE : encode(value);
      if (name.length() > LONGEST_NAME) {
        throw new BadItemException(column, "is too long for the name of a partition");
      }
      path.append(column).append('=').append(name).append('/');
    }
    return path.append("part.").append(format).toString();
  }

  private static @Nullable String text(
      SocialRecord record, List<? extends @Nullable Object> values, String name) {
    List<Column> columns = RecordSchema.of(record.recordKind()).columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return (String) values.get(i);
      }
    }
    return null;
  }

  private static @Nullable String time(@Nullable Instant time, String column) {
    if (time == null || time.isBefore(FIRST) || !time.isBefore(LAST)) {
      return null;
    }
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return switch (column) {
      case "day" -> day.toString();
      case "month" -> YearMonth.from(day).toString();
      default -> Year.from(day).toString();
    };
  }

  /** Leaves letters, digits, {@code -} and {@code _}, and dots after the first character. */
  static String encode(String value) {
    StringBuilder name = new StringBuilder();
    for (byte b : WellFormed.text(value).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
      if (plain || (c == '.' && name.length() > 0)) {
        name.append(c);
      } else {
        name.append('%').append(String.format("%02X", (int) c));
      }
    }
    return name.toString();
  }

  /**
   * Returns whether a directory may hold records that a filter lets through.
   *
   * @param name such as {@code network=x}
   * @param bounded whether the filter's span of time tells of what is in it
   */
  static boolean mayHold(String name, Filter filter, boolean bounded) {
    int equals = name.indexOf('=');
    if (equals < 0) {
      return true;
    }
    String column = name.substring(0, equals);
    String value = name.substring(equals + 1);
    if (column.equals("network")) {
      return filter.networks().isEmpty()
          || filter.networks().stream().anyMatch(network -> network.name().equals(value));
    }
    if (!bounded || !TIMES.contains(column)) {
      return true;
    }
    try {
      return value.equals(NO_VALUE) || overlaps(column, value, filter);
    } catch (DateTimeException notOurs) {
      return true;
    }
  }

  private static boolean overlaps(String column, String value, Filter filter) {
    LocalDate first;
    LocalDate after;
    switch (column) {
      case "day" -> {
        first = LocalDate.parse(value);
        after = first.plusDays(1);
      }
      case "month" -> {
        first = YearMonth.parse(value).atDay(1);
        after = first.plusMonths(1);
      }
      default -> {
        first = Year.parse(value).atDay(1);
        after = first.plusYears(1);
      }
    }
    Instant since = filter.since();
    Instant until = filter.until();
    return (since == null || since.isBefore(start(after)))
        && (until == null || start(first).isBefore(Objects.requireNonNull(until)));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
