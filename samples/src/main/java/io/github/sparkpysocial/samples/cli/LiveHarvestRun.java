package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.LiveHarvest;
import io.github.sparkpysocial.harvest.LiveHarvestReport;
import io.github.sparkpysocial.live.LiveListener;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code harvest} does when its source is a live stream.
 *
 * @param stream the stream
 * @param place where to keep what it brings
 * @param ledger the file that keeps how far it was taken
 * @param limit after about how many posts to stop, or {@code null} for never
 * @param untilIdle after how long a silence to stop, or {@code null} for never
 */
record LiveHarvestRun(
    PlaceUri stream,
    PlaceUri place,
    Path ledger,
    @Nullable Long limit,
    @Nullable Duration untilIdle) {

  /** Takes the stream until it is to stop, and says what came. */
  int run(Console console, SourceOptions options, QuarantineOption quarantineOption)
      throws InterruptedException {
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets());
        LiveSource source = Places.openLive(stream, options);
        RecordStore store = Places.openStore(place, StoreOptions.with(quarantine))) {
      LiveHarvest.Builder builder =
          LiveHarvest.builder(source, store)
              .ledger(ledger)
              .quarantine(quarantine)
              .listener(new Telling(console, stream))
              .progress(report -> console.progress(() -> line(report)));
      if (limit != null) {
        builder.limit(limit);
      }
      if (untilIdle != null) {
        builder.untilIdle(untilIdle);
      }
      LiveHarvestReport report = builder.build().run();
      console.say(line(report));
      if (report.holesLeft() > 0) {
        console.say(
            report.holesLeft()
                + " holes are noted in "
                + ledger
                + "; the next run fills what it"
                + " can");
      }
      report
          .unknownFields()
          .forEach(
              (field, times) ->
                  console.note("unknown field '" + field + "', " + times + " times; kept in raw"));
      return quarantine.finish(console, json(report));
    }
  }

  private String line(LiveHarvestReport report) {
    return String.format(
        Locale.ROOT,
        "%,d came from %s; %,d new, %,d there already, %,d deleted in %s; %,d holes, %,d filled;"
            + " connected again %,d times",
        report.received(),
        stream,
        report.inserted() + report.updated(),
        report.duplicates(),
        report.deleted(),
        place,
        report.holes(),
        report.filled(),
        report.reconnects());
  }

  static Map<String, Object> json(LiveHarvestReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("in", report.received());
    json.put("new", report.inserted());
    json.put("updated", report.updated());
    json.put("duplicates", report.duplicates());
    json.put("deleted", report.deleted());
    json.put("quarantined", report.quarantined());
    json.put("holes", report.holes());
    json.put("filled", report.filled());
    json.put("reconnects", report.reconnects());
    json.put("unknownFields", report.unknownFields());
    return json;
  }

  /** Says how the stream fares, since nothing is worse than silence. */
  private record Telling(Console console, PlaceUri stream) implements LiveListener {
    @Override
    public void disconnected(String reason) {
      console.note(stream + " is no longer connected: " + reason);
    }

    @Override
    public void reconnecting(Duration pause, String reason) {
      if (pause.compareTo(Duration.ofSeconds(1)) >= 0) {
        console.note("connecting again in " + pause.toSeconds() + " s: " + reason);
      }
    }

    @Override
    public void fallingBehind(int queued, int capacity) {
      console.note(stream + " brings more than is stored: " + queued + " of " + capacity + " wait");
    }
  }
}
