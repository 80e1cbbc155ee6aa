package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import java.util.Map;
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
          + " GROUP BY 1 ORDER BY n DESC\""
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

  @Option(names = "--explain", description = "Show how Spark answers the query.")
  boolean explain;

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
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = Intake.of(place, storeArguments.options(quarantine), console);
      if (intake.counts().isEmpty()) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      Map<String, @Nullable Object> result = new Exploration(this, console).run(place, intake);
      return quarantine.finish(console, result);
    }
  }
}
