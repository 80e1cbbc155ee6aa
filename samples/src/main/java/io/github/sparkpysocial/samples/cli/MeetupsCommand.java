package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.viz.export.Exporter;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.MapTiles;
import io.github.sparkpysocial.viz.map.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Draws where people meet next. */
@CommandLine.Command(
    name = "meetups",
    description = {
      "Draw a street map of the meetings to come, with group, time in the venue's zone and guests.",
      "",
      "Streets come from a tile server when the page is looked at; without one, or without a"
          + " network, the points are on a plain grid.",
      ""
    },
    footer = {
      "",
      "Example: with the streets of OpenStreetMap",
      "  sparkpy meetups records.jsonl --out meetups.html --tiles osm"
    })
final class MeetupsCommand extends Command {
  private static final Comparator<Venue> SOONEST =
      Comparator.comparing(Venue::startsAt, Comparator.nullsLast(Comparator.naturalOrder()));

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The records: a file or the URI of a store.")
  private @Nullable PlaceUri uri;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The picture; its ending says the format: .html, .svg or .png.")
  private @Nullable Path out;

  @Option(
      names = "--tiles",
      paramLabel = "WHICH",
      description =
          "The streets: none, osm, google (the page asks its reader for a key), or the address of"
              + " tiles such as https://tiles.example/{z}/{x}/{y}.png. Default: ${DEFAULT-VALUE}.")
  private String tiles = "none";

  @Option(
      names = "--attribution",
      paramLabel = "TEXT",
      description = "Who made the tiles of an address, as their licence asks to say.")
  private String attribution = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only meetings from then on, such as 2026-11-14T12:00:00Z. Default: now.")
  private @Nullable String since;

  @Option(
      names = "--meetings",
      paramLabel = "N",
      description = "How many at most, the soonest. Default: ${DEFAULT-VALUE}.")
  private int most = 500;

  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();
  private final Clock clock = Clock.systemUTC();

  @Override
  int execute(Console console) throws IOException {
    if (most < 1) {
      throw new ParameterException(
          spec.commandLine(), "--meetings must be at least 1, was " + most);
    }
    PlaceUri place = given(uri);
    Intake.requireStore(place);
    Path file = Outputs.file(given(out));
    Exporter exporter = Exporters.forFile(file);
    MapTiles streets = streets();
    Instant from = from();
    PriorityQueue<Venue> soonest = new PriorityQueue<>(SOONEST.reversed());
    long read = 0;
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      try (RecordStore store = Places.openStore(place, storeArguments.options(quarantine));
          RecordCursor records = store.readAll()) {
        while (records.hasNext()) {
          Venue venue = venue(records.next(), from);
          read++;
          if (venue != null) {
            soonest.add(venue);
            if (soonest.size() > most) {
              soonest.remove();
            }
          }
        }
      }
      if (read == 0) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      List<Venue> venues = new ArrayList<>(soonest);
      venues.sort(SOONEST.thenComparing(Venue::title));
      exporter.write(CityMap.of("Where people meet", venues).withTiles(streets), file);
      console.say(
          String.format(
              Locale.ROOT,
              "wrote %s: %,d meetings; %,d records are none to come with a place",
              file,
              venues.size(),
              read - venues.size()));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("items", venues.size());
      result.put("skipped", read - venues.size());
      return quarantine.finish(console, result);
    }
  }

  private MapTiles streets() {
    try {
      return switch (tiles) {
        case "none" -> MapTiles.none();
        case "osm" -> MapTiles.openStreetMap();
        case "google" -> MapTiles.google();
        default -> MapTiles.of(tiles, attribution);
      };
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--tiles: " + e.getMessage(), e);
    }
  }

  private Instant from() {
    try {
      return since == null ? clock.instant() : Instant.parse(since);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "--since is a time such as 2026-11-14T12:00:00Z", e);
    }
  }

  private static @Nullable Venue venue(SocialRecord record, Instant from) {
    if (!(record instanceof Event event)
        || event.place() == null
        || event.status() == Event.Status.CANCELLED
        || event.status() == Event.Status.DRAFT) {
      return null;
    }
    GeoPoint point = event.place().point();
    Instant start = event.startsAt();
    if (point == null || start == null || start.isBefore(from)) {
      return null;
    }
    return new Venue(
        point,
        Objects.requireNonNullElse(event.groupName(), ""),
        event.title(),
        start,
        zone(event.timezone()),
        event.attendees(),
        event.address(),
        event.url());
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return name == null ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC; // a name that this JVM does not know
    }
  }
}
