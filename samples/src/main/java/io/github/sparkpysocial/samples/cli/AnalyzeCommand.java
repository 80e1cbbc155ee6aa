package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finds out what the user's own data tells. */
@CommandLine.Command(
    name = "analyze",
    description = {
      "Make the dashboard of your own data: posts, repositories, events, whatever there is.",
      "",
      "The records are first brought to JSON Lines in DIR/data: each once, without those deleted.",
      ""
    },
    footer = {"", "Example: archived tweets", "  sparkpy analyze tweets.jsonl.gz --out report"})
class AnalyzeCommand extends Command {
  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The records: a file or the URI of a store.")
  private @Nullable PlaceUri uri;

  @Mixin private TrendOptions trendOptions = new TrendOptions();
  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();
  private final Clock clock = Clock.systemUTC();

  @Override
  int execute(Console console) throws IOException {
    trendOptions.check(spec);
    PlaceUri place = given(uri);
    Intake.requireStore(place);
    Path out = Outputs.directory(trendOptions.out);
    Path records = Outputs.directory(out.resolve("data")).resolve("records.jsonl");
    Files.deleteIfExists(records); // of an earlier analysis
    try (QuarantineOption.Opened quarantine = quarantineOption.openIn(out)) {
      TransferReport report =
          Transfer.builder(place, PlaceUri.parse(records.toString()))
              .options(storeArguments.options(quarantine).withoutRaw())
              .listener(
                  p ->
                      console.progress(
                          () ->
                              String.format(
                                  Locale.ROOT, "reading %s: %,d records", place, p.read())))
              .build()
              .run();
      if (report.read() == 0) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      try (Tracking tracking = new Tracking(console, trendOptions)) {
        Map<String, @Nullable Object> result =
            tracking.track(records, title(place), clock.instant(), List.of(source(place, report)));
        result.put("quarantined", report.quarantined());
        made(console, tracking.dashboard());
        return quarantine.finish(console, result);
      }
    }
  }

  /** Does something with the dashboard once it is written. */
  void made(Console console, Dashboard dashboard) throws IOException {}

  private static String title(PlaceUri place) {
    String location = place.location();
    String name = location.substring(location.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
    return "What " + (place.table() == null ? name : place.table()) + " tells";
  }

  private static Completeness.Source source(PlaceUri place, TransferReport report) {
    return Completeness.Source.builder("Your data")
        .place(place.toString())
        .fetched(report.read())
        .added(report.written())
        .duplicates(report.unchanged())
        .quarantined(report.quarantined())
        .complete(report.quarantined() == 0)
        .note(report.quarantined() == 0 ? null : "what could not be read is in the quarantine file")
        .build();
  }
}
