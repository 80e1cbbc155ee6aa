package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestPlan;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.harvest.Interval;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Brings a listing of a network into a store. */
@CommandLine.Command(
    name = "harvest",
    description = {
      "Bring a listing of a network into a store.",
      "",
      "Run it again and it goes on: a ledger keeps which parts of the listing are complete. Keys are"
          + " taken from X_BEARER_TOKEN, GITHUB_TOKEN and MEETUP_TOKEN; SPARKPY_SANDBOX turns all"
          + " networks to a sandbox (see sparkpy sandbox).",
      ""
    },
    footer = {
      "",
      "Example: who starred a repository, and what that will take",
      "  sparkpy harvest github:apache/spark/stargazers stars.jsonl --plan",
      "  sparkpy harvest github:apache/spark/stargazers stars.jsonl"
    })
final class HarvestCommand extends Command {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      converter = PlaceConverter.class,
      description =
          "The listing, such as x:search?q=apache+spark, github:apache/repos or meetup:GROUP/events,"
              + " or a live stream.")
  private @Nullable PlaceUri from;

  @Parameters(
      index = "1",
      paramLabel = "STORE",
      converter = PlaceConverter.class,
      description = "Where to keep it: a file or a URI of a database.")
  private @Nullable PlaceUri to;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description =
          "The file that keeps what is complete. Default: STORE.ledger.json beside a file,"
              + " sparkpy.ledger.json here for a database.")
  private @Nullable Path ledger;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Stop after about N items of the listing; pages stay whole.")
  private @Nullable Long limit;

  @Option(names = "--plan", description = "Only say what it would take; ask the network nothing.")
  private boolean plan;

  @Mixin private LiveOptions live = new LiveOptions();

  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  String afterStop() {
    return "What is complete is kept; run the same command again to go on.";
  }

  @Override
  int execute(Console console) throws InterruptedException {
    if (limit != null && limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit must be positive, was " + limit + "; leave it out for all");
    }
    PlaceUri listing = given(from);
    PlaceUri place = given(to);
    SourceOptions options =
        SourceOptions.fromEnvironment().withListener(wait -> tellOfWait(console, wait));
    if (Places.isLive(listing)) {
      if (plan) {
        throw new ParameterException(
            spec.commandLine(), "--plan: nobody knows what " + listing + " will bring");
      }
      Path file = ledger != null ? ledger : ledgerOf(place);
      return new LiveHarvestRun(listing, place, file, limit, live.untilIdle())
          .run(console, options, quarantineOption);
    }
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets());
        RecordSource source = Places.openSource(listing, options);
        RecordStore store = Places.openStore(place, StoreOptions.with(quarantine))) {
      Harvest.Builder builder =
          Harvest.builder(source, store)
              .ledger(ledger != null ? ledger : ledgerOf(place))
              .quarantine(quarantine)
              .listener(
                  p ->
                      console.progress(
                          () ->
                              String.format(
                                  Locale.ROOT,
                                  "%s: %,d fetched, %,d new, %,d requests",
                                  listing,
                                  p.fetched(),
                                  p.inserted(),
                                  p.requests())));
      Harvest harvest = (limit == null ? builder : builder.limit(limit)).build();
      if (plan) {
        return say(console, harvest.plan());
      }
      HarvestReport report = harvest.run();
      console.say(
          String.format(
              Locale.ROOT,
              "%,d fetched from %s; %,d new, %,d there already in %s; %,d requests, %s s waited",
              report.fetched(),
              listing,
              report.inserted() + report.updated(),
              report.duplicates(),
              place,
              report.requests(),
              seconds(report.waited())));
      if (!report.complete()) {
        console.say("not complete yet: run the same command again to go on");
      }
      report
          .unknownFields()
          .forEach(
              (field, times) ->
                  console.note("unknown field '" + field + "', " + times + " times; kept in raw"));
      return quarantine.finish(console, json(report));
    }
  }

  /** Says that the network lets us wait, since nothing is worse than silence. */
  static void tellOfWait(Console console, io.github.sparkpysocial.limit.LimitWait wait) {
    if (wait.duration().compareTo(Duration.ofSeconds(1)) >= 0) {
      console.note(
          "waiting " + seconds(wait.duration()) + " s for " + wait.key() + ": " + wait.reason());
    }
  }

  static Map<String, Object> json(HarvestReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fetched", report.fetched());
    json.put("new", report.inserted());
    json.put("updated", report.updated());
    json.put("duplicates", report.duplicates());
    json.put("deleted", report.deleted());
    json.put("quarantined", report.quarantined());
    json.put("requests", report.requests());
    json.put("waitedSeconds", seconds(report.waited()));
    json.put("complete", report.complete());
    json.put("intervals", report.intervals().stream().map(HarvestCommand::json).toList());
    json.put("unknownFields", report.unknownFields());
    return json;
  }

  private static Map<String, @Nullable Object> json(Interval interval) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("newest", json(interval.newest()));
    Position oldest = interval.oldest();
    json.put("oldest", oldest == null ? null : json(oldest));
    return json;
  }

  private static Map<String, @Nullable Object> json(Position position) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", position.id());
    json.put("at", position.at() == null ? null : position.at().toString());
    return json;
  }

  private static int say(Console console, HarvestPlan plan) {
    console.say("from " + plan.source() + " to " + plan.store());
    console.say("items at most     " + orUnknown(plan.items()));
    console.say("requests at most  " + orUnknown(plan.requests()));
    Duration waiting = plan.waiting();
    console.say("seconds to wait   " + orUnknown(waiting == null ? null : seconds(waiting)));
    console.say("US dollars        " + (plan.dollars() == null ? "none" : plan.dollars()));
    plan.notes().forEach(console::say);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("source", plan.source());
    json.put("store", plan.store());
    json.put("items", plan.items());
    json.put("requests", plan.requests());
    json.put("waitingSeconds", waiting == null ? null : seconds(waiting));
    json.put("dollars", plan.dollars());
    json.put("notes", List.copyOf(plan.notes()));
    console.result(json);
    return ExitCode.DONE;
  }

  private static String orUnknown(@Nullable Object value) {
    return value == null ? "not known" : value.toString();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  private static Path ledgerOf(PlaceUri place) {
    return Path.of(place.isFile() ? place.location() + ".ledger.json" : "sparkpy.ledger.json");
  }
}
