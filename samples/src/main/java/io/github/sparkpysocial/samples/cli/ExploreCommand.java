package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.samples.book.RawTweetsWalk;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Looks at records. */
@CommandLine.Command(
    name = "explore",
    description = {
      "Look at records: their columns, the first rows, a profile of each column, any SQL.",
      "",
      "SQL finds all records in the view 'records', and each kind in a view of its own: posts,"
          + " accounts, repositories, groups, events, interactions, tombstones.",
      ""
    },
    footer = {
      "",
      "Example: who posts most",
      "  sparkpy explore posts.jsonl --sql \"SELECT author_handle, count(*) AS n FROM records"
          + " GROUP BY 1 ORDER BY n DESC\"",
      "What a database is asked for that, and how Spark goes on",
      "  sparkpy explore jdbc:postgresql://localhost/social::posts --sql \"..\" --explain"
    })
final class ExploreCommand extends Command {
  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The records: a file or the URI of a store.")
  private @Nullable PlaceUri uri;

  @Option(names = "--sql", paramLabel = "QUERY", description = "Ask this instead of showing all.")
  @Nullable String sql;

  @Option(
      names = "--profile",
      description = "Count, distinct values, range and most frequent values of each column.")
  boolean profile;

  @Option(names = "--explain", description = "Show what the place is asked, and Spark's plans.")
  boolean explain;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the rows as a page that needs nothing else, all text escaped.")
  @Nullable Path html;

  @Option(
      names = "--raw",
      description =
          "Walk through raw tweets of API v1.1 with Spark's own inference instead: schema, nested"
              + " fields, distinct values, SQL, plans.")
  boolean raw;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many rows to show at most. Default: ${DEFAULT-VALUE}.")
  int limit = 20;

  @Mixin StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws Exception {
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--limit is at least 0, was " + limit);
    }
    PlaceUri place = given(uri);
    if (html != null) {
      Outputs.file(html);
    }
    if (raw) {
      return raw(place, console);
    }
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = intake(place, storeArguments.options(quarantine), console);
      if (intake.counts().isEmpty()) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      Map<String, @Nullable Object> result = new Exploration(this, console).run(place, intake);
      return quarantine.finish(console, result);
    }
  }

  /** Files are read through once, which finds what must be set aside; a database counts itself. */
  private static Intake intake(PlaceUri place, StoreOptions options, Console console) {
    if (place.isFile() || Places.isSource(place)) {
      return Intake.of(place, options, console);
    }
    Map<RecordKind, Long> counts = new EnumMap<>(RecordKind.class);
    console.progress(() -> "asking " + place);
    try (RecordStore store = Places.openStore(place, options)) {
      for (RecordKind kind : RecordKind.values()) {
        long count = store.count(Filter.kinds(kind));
        if (count > 0) {
          counts.put(kind, count);
        }
      }
    }
    return new Intake(counts, 0);
  }

  private int raw(PlaceUri place, Console console) throws IOException {
    Path file = Path.of(place.location());
    if (!place.isFile() || sql != null || profile || html != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--raw walks through a file, and goes without --sql, --profile, --html");
    }
    if (!Files.isRegularFile(file)) {
      throw Failure.failed("There is no file " + file + "; check its path", null);
    }
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      Dataset<Row> tweets = RawTweetsWalk.walk(spark, file, console::say);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("schema", tweets.schema().toDDL());
      result.put("count", tweets.count());
      console.result(result);
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }
}
