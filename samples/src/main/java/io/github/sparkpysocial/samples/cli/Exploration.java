package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.explore.ColumnProfile;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.explore.Profile;
import io.github.sparkpysocial.ml.explore.PushedQuery;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What {@link ExploreCommand} asks of Spark. */
final class Exploration {
  private static final int COLUMNS_SHOWN = 7;
  private static final int WIDEST_CELL = 40;
  private static final int NEWEST_OF_SKETCHES = 21;
  private static final int LONGEST_CELL = 500;

  /** Columns that say less than the others about what a record is. */
  private static final List<String> LAST_SHOWN =
      List.of("record", "raw", "source_uri", "fetched_at", "tool", "created_at_text");

  private final ExploreCommand command;
  private final Console console;

  Exploration(ExploreCommand command, Console console) {
    this.command = command;
    this.console = console;
  }

  Map<String, @Nullable Object> run(PlaceUri place, Intake intake) throws IOException {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      Frames.createViews(
          spark, place, intake.counts().keySet(), command.storeArguments.frameOptions());
      Dataset<Row> answer = command.sql == null ? spark.table("records") : ask(spark, command.sql);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("schema", schema(answer));
      console.progress(() -> "asking");
      List<Row> rows = answer.limit(command.limit).collectAsList();
      result.put("count", count(answer, rows.size(), intake));
      result.put("rows", rows.stream().map(Exploration::json).toList());
      say(answer, rows);
      if (command.profile) {
        console.progress(() -> "profiling");
        Profile profile = Explore.of(answer).profile();
        result.put("profile", profile.columns());
        profile.columns().forEach(this::say);
        if (Runtime.version().feature() > NEWEST_OF_SKETCHES
            && profile.columns().stream().allMatch(column -> column.top().isEmpty())) {
          console.note("The most frequent values are left out: Spark counts them up to Java 21");
        }
        if (command.explain) {
          console.say("");
          console.say(profile.query());
        }
      }
      if (command.explain) {
        explain(Plans.of(answer), result);
      }
      if (command.html != null) {
        write(Explore.of(answer).html(Math.max(1, command.limit), LONGEST_CELL), command.html);
        result.put("html", command.html.toString());
        console.say("");
        console.say("Written to " + command.html);
      }
      return result;
    }
  }

  private void explain(Plans plans, Map<String, @Nullable Object> result) {
    result.put("plans", plans);
    for (PushedQuery pushed : plans.pushed()) {
      console.say("");
      console.say("== Asked of " + pushed.place() + " ==");
      console.say(pushed.query());
    }
    console.say("");
    console.say(plans.toString());
  }

  /** A page that may neither run nor fetch anything, whatever a text brings about. */
  private static void write(String table, Path file) throws IOException {
    Files.writeString(
        file,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'unsafe-inline'\">\n<title>sparkpy explore</title>\n"
            + table
            + "</html>\n");
  }

  private static Dataset<Row> ask(SparkSession spark, String sql) {
    try {
      return spark.sql(sql);
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      throw refused(e);
    }
  }

  private static Failure refused(Exception e) {
    String reason = String.valueOf(e.getMessage()).split("\n\n|\n==|;\n", 2)[0].strip();
    return Failure.failed("Spark does not take this SQL: " + reason, e);
  }

  private long count(Dataset<Row> answer, int shown, Intake intake) {
    if (command.sql == null) {
      return intake.counts().values().stream().mapToLong(Long::longValue).sum();
    }
    return shown < command.limit ? shown : answer.count();
  }

  private static List<Map<String, Object>> schema(Dataset<Row> answer) {
    List<Map<String, Object>> schema = new ArrayList<>();
    Explore.of(answer)
        .schema()
        .forEach(
            column -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("name", column.name());
              json.put("type", column.type());
              json.put("nullable", column.nullable());
              json.put("meaning", column.meaning());
              schema.add(json);
            });
    return schema;
  }

  private static Map<String, @Nullable Object> json(Row row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    String[] names = row.schema().fieldNames();
    for (int i = 0; i < names.length; i++) {
      json.put(names[i], plain(row.get(i)));
    }
    return json;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Row row) {
      return json(row);
    }
    if (value instanceof Seq<?> list) {
      List<@Nullable Object> plain = new ArrayList<>();
      CollectionConverters.asJava(list).forEach(element -> plain.add(plain(element)));
      return plain;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      CollectionConverters.asJava(map).forEach((k, v) -> plain.put(String.valueOf(k), plain(v)));
      return plain;
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    return value instanceof Date ? value.toString() : value;
  }

  /** Shows rows as a table of the columns that tell most. */
  private void say(Dataset<Row> answer, List<Row> rows) {
    List<String> columns = new ArrayList<>(List.of(answer.columns()));
    if (command.sql == null) {
      columns.removeIf(
          name ->
              LAST_SHOWN.contains(name)
                  || rows.stream().allMatch(row -> Objects.equals(cell(row, name), "")));
    }
    List<String> shown = columns.subList(0, Math.min(COLUMNS_SHOWN, columns.size()));
    List<Integer> widths = new ArrayList<>();
    for (String name : shown) {
      int widest = name.length();
      for (Row row : rows) {
        widest = Math.max(widest, cell(row, name).length());
      }
      widths.add(widest);
    }
    console.say(line(shown, widths));
    for (Row row : rows) {
      console.say(line(shown.stream().map(name -> cell(row, name)).toList(), widths));
    }
    if (columns.size() > shown.size()) {
      console.say(
          "and "
              + (answer.columns().length - shown.size())
              + " more columns: "
              + String.join(", ", columns.subList(shown.size(), columns.size())));
    }
  }

  private static String cell(Row row, String column) {
    Object value = plain(row.get(row.fieldIndex(column)));
    boolean empty = value == null || (value instanceof List<?> list && list.isEmpty());
    String text = empty ? "" : String.valueOf(value).replaceAll("\\s+", " ");
    return text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 1) + "…";
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(cells.get(i)).append(" ".repeat(widths.get(i) - cells.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private void say(ColumnProfile column) {
    if (column.count() == 0) {
      return;
    }
    console.say(
        String.format(
            Locale.ROOT,
            "%-24s %,9d values%s%s%s%s",
            column.name(),
            column.count(),
            column.distinct() == null
                ? ""
                : String.format(Locale.ROOT, ", about %,d different", column.distinct()),
            column.suspicious() == null || column.suspicious() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d that cannot be right", column.suspicious()),
            column.min() == null ? "" : ", from " + cut(column.min()) + " to " + cut(column.max()),
            column.top().isEmpty()
                ? ""
                : ", most often "
                    + cut(column.top().get(0).value())
                    + " ("
                    + column.top().get(0).count()
                    + ")"));
  }

  private static String cut(@Nullable String value) {
    String text = String.valueOf(value).replaceAll("\\s+", " ");
    return text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 1) + "…";
  }
}
