package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.ErasureLog;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestProgress;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.harvest.HarvestScope;
import io.github.sparkpysocial.harvest.NestedHarvest;
import io.github.sparkpysocial.harvest.NestedListener;
import io.github.sparkpysocial.harvest.NestedReport;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
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
      "Run it again and it goes on: a ledger keeps which parts of the listing are complete (see"
          + " sparkpy ledger). Keys are taken from X_BEARER_TOKEN, GITHUB_TOKEN and MEETUP_TOKEN;"
          + " SPARKPY_SANDBOX turns all networks to a sandbox (see sparkpy sandbox).",
      ""
    },
    footer = {
      "",
      "Example: who starred a repository, and what that will take",
      "  sparkpy harvest github:apache/spark/stargazers stars.jsonl --plan",
      "  sparkpy harvest github:apache/spark/stargazers stars.jsonl",
      "Example: who starred any repository of an organisation, an hour at a time",
      "  sparkpy harvest 'github:apache/*/stargazers' stars.jsonl --max-minutes 60"
    })
final class HarvestCommand extends Command {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      converter = PlaceConverter.class,
      description =
          "The listing, such as x:search?q=apache+spark, github:apache/repos or meetup:GROUP/events;"
              + " 'github:ORG/*/stargazers' for that of all repositories; or a live"
              + " stream.")
  private @Nullable PlaceUri from;

  @Parameters(
      index = "1",
      paramLabel = "STORE",
      converter = PlaceConverter.class,
      description = "Where to keep it: a file or a URI of a database.")
  private @Nullable PlaceUri to;

  @Option(names = "--ledger", paramLabel = "FILE", description = LedgerFile.DESCRIPTION)
  private @Nullable Path ledger;

  @Option(names = "--plan", description = "Only say what it would take; ask the network nothing.")
  private boolean plan;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Stop after about N items of the listing; pages stay whole.")
  private @Nullable Long limit;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Stop before a page that would take more than N requests in this run.")
  private @Nullable Long maxRequests;

  @Option(
      names = "--max-minutes",
      paramLabel = "N",
      description = "Ask for no further page after N minutes.")
  private @Nullable Long maxMinutes;

  @Option(
      names = "--new",
      description = "Only fetch what is new; what is missing before that stays for later.")
  private boolean onlyNew;

  @Option(
      names = "--backfill",
      description = "Only fetch what is missing before the newest that is known.")
  private boolean onlyBackfill;

  @Option(
      names = "--lag",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Read the last 30m, 6h or 2d before the newest again, for late edits and counts.")
  private @Nullable Duration lag;

  @Option(
      names = "--erasures",
      paramLabel = "FILE",
      description = "Where to keep a receipt of each deletion that was carried out.")
  private @Nullable Path erasures;

  @Mixin private SpendingOptions spending = new SpendingOptions();
  @Mixin private LiveOptions live = new LiveOptions();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  String afterStop() {
    return "What is complete is kept; run the same command again to go on.";
  }

  @Override
  int execute(Console console) throws InterruptedException {
    checkPositive("--limit", limit);
    checkPositive("--max-requests", maxRequests);
    checkPositive("--max-minutes", maxMinutes);
    if (onlyNew && onlyBackfill) {
      throw new ParameterException(
          spec.commandLine(), "--new and --backfill are each for a half; leave both out for all");
    }
    PlaceUri listing = given(from);
    PlaceUri place = given(to);
    Path ledgerFile = ledger != null ? ledger : LedgerFile.of(place);
    SourceOptions options =
        SourceOptions.fromEnvironment()
            .withListener(wait -> HarvestTelling.tellOfWait(console, wait));
    if (Places.isLive(listing)) {
      if (plan) {
        throw new ParameterException(
            spec.commandLine(), "--plan: nobody knows what " + listing + " will bring");
      }
      return new LiveHarvestRun(listing, place, ledgerFile, limit, live.untilIdle())
          .run(console, options, quarantineOption);
    }
    SpendingCap caps = spending.open(listing, options, ledgerFile);
    options = options.withSpending(caps);
    NestedListing nested = Places.nested(listing);
    if (nested != null && (onlyNew || onlyBackfill || lag != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--new, --backfill and --lag are for one listing; " + listing + " is many");
    }
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets());
        ErasureLog receipts = erasures == null ? null : ErasureLog.toFile(erasures);
        RecordStore store = Places.openStore(place, StoreOptions.with(quarantine))) {
      return nested == null
          ? harvest(console, listing, store, ledgerFile, options, quarantine, receipts)
          : harvest(console, nested, store, ledgerFile, options, quarantine, receipts);
    }
  }

  private void checkPositive(String name, @Nullable Long number) {
    if (number != null && number < 1) {
      throw new ParameterException(
          spec.commandLine(), name + " must be positive, was " + number + "; leave it out for all");
    }
  }

  private int harvest(
      Console console,
      PlaceUri listing,
      RecordStore store,
      Path ledgerFile,
      SourceOptions options,
      QuarantineOption.Opened quarantine,
      @Nullable ErasureLog receipts)
      throws InterruptedException {
    try (RecordSource source = Places.openSource(listing, options)) {
      Harvest.Builder builder =
          Harvest.builder(source, store)
              .ledger(ledgerFile)
              .quarantine(quarantine)
              .scope(scope())
              .listener(progress -> HarvestTelling.tell(console, listing, progress));
      if (limit != null) {
        builder.limit(limit);
      }
      if (maxRequests != null) {
        builder.maxRequests(maxRequests);
      }
      if (maxMinutes != null) {
        builder.maxDuration(Duration.ofMinutes(maxMinutes));
      }
      if (lag != null) {
        builder.lag(lag);
      }
      if (receipts != null) {
        builder.erasures(receipts);
      }
      Harvest harvest = builder.build();
      if (plan) {
        return HarvestTelling.say(console, harvest.plan(), options.spending());
      }
      HarvestReport report = harvest.run();
      HarvestTelling.say(console, report, listing, store);
      return quarantine.finish(console, HarvestJson.of(report));
    }
  }

  private HarvestScope scope() {
    return onlyNew ? HarvestScope.NEW : onlyBackfill ? HarvestScope.BACKFILL : HarvestScope.ALL;
  }

  private int harvest(
      Console console,
      NestedListing listing,
      RecordStore store,
      Path ledgerFile,
      SourceOptions options,
      QuarantineOption.Opened quarantine,
      @Nullable ErasureLog receipts)
      throws InterruptedException {
    NestedHarvest.Builder builder =
        NestedHarvest.builder(listing, store, uri -> Places.openSource(uri, options))
            .ledger(ledgerFile)
            .quarantine(quarantine)
            .listener(
                new NestedListener() {
                  @Override
                  public void progress(PlaceUri one, HarvestProgress progress) {
                    HarvestTelling.tell(console, one, progress);
                  }

                  @Override
                  public void done(
                      PlaceUri one, @Nullable HarvestReport report, @Nullable String refusal) {
                    if (refusal != null) {
                      console.note("left out " + one + ": " + refusal);
                    }
                  }
                });
    if (limit != null) {
      builder.limit(limit);
    }
    if (maxRequests != null) {
      builder.maxRequests(maxRequests);
    }
    if (maxMinutes != null) {
      builder.maxDuration(Duration.ofMinutes(maxMinutes));
    }
    if (receipts != null) {
      builder.erasures(receipts);
    }
    NestedHarvest harvest = builder.build();
    if (plan) {
      return HarvestTelling.say(console, harvest.plan(), options.spending());
    }
    NestedReport report = harvest.run();
    HarvestTelling.say(console, report.total(), listing.uri(), store);
    console.say(
        String.format(
            Locale.ROOT,
            "%,d listings read to their end, %,d left out since they were read before, %,d refused",
            report.listings(),
            report.skipped(),
            report.refused().size()));
    Map<String, @Nullable Object> json = HarvestJson.of(report.total());
    json.put("outerItems", report.items());
    json.put("listings", report.listings());
    json.put("skipped", report.skipped());
    json.put("refused", report.refused());
    return quarantine.finish(console, json);
  }
}
