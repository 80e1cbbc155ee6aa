package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.viz.export.Exporter;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

/** Draws where things were said and held. */
@CommandLine.Command(
    name = "map",
    description = {
      "Draw a world map of where posts were made, events are held, groups and people are at home.",
      "",
      "Records that tell no place are passed over and counted.",
      ""
    },
    footer = {
      "",
      "Example: a page that works with the network off",
      "  sparkpy map posts.jsonl --out where.html"
    })
final class MapCommand extends Command {
  private static final Comparator<MapPoint> BY_TIME =
      Comparator.comparing(MapPoint::time, Comparator.nullsFirst(Comparator.naturalOrder()));

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
      names = "--points",
      paramLabel = "N",
      description = "How many points at most, the latest. Default: ${DEFAULT-VALUE}.")
  private int most = 100_000;

  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws IOException {
    if (most < 1) {
      throw new ParameterException(spec.commandLine(), "--points must be at least 1, was " + most);
    }
    PlaceUri place = given(uri);
    Intake.requireStore(place);
    Path file = Outputs.file(given(out));
    Exporter exporter = Exporters.forFile(file);
    PriorityQueue<MapPoint> latest = new PriorityQueue<>(BY_TIME);
    long read = 0;
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      try (RecordStore store = Places.openStore(place, storeArguments.options(quarantine));
          RecordCursor records = store.readAll()) {
        while (records.hasNext()) {
          MapPoint point = point(records.next());
          if (++read % 1_000 == 0) {
            long soFar = read;
            console.progress(() -> String.format(Locale.ROOT, "%,d records read", soFar));
          }
          if (point != null) {
            latest.add(point);
            if (latest.size() > most) {
              latest.remove();
            }
          }
        }
      }
      if (read == 0) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      List<MapPoint> points = new ArrayList<>(latest);
      points.sort(BY_TIME.reversed());
      exporter.write(WorldMap.of("Where", points), file);
      long skipped = read - points.size();
      console.say(
          String.format(
              Locale.ROOT,
              "wrote %s: %,d places; %,d records are not on the map, most tell no place",
              file,
              points.size(),
              skipped));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("items", points.size());
      result.put("skipped", skipped);
      return quarantine.finish(console, result);
    }
  }

  private static @Nullable MapPoint point(SocialRecord record) {
    if (record instanceof Post post) {
      return point(post.place(), post.author().label(), post.text(), post.createdAt(), post.url());
    }
    if (record instanceof Event event) {
      String group = Objects.requireNonNullElse(event.groupName(), "");
      return point(event.place(), group, event.title(), event.startsAt(), event.url());
    }
    if (record instanceof Group group) {
      return point(group.place(), group.name(), "", group.createdAt(), group.url());
    }
    if (record instanceof Account account) {
      String who = Objects.requireNonNullElse(account.handle(), account.id());
      return point(account.place(), who, "", account.createdAt(), account.url());
    }
    return null;
  }

  private static @Nullable MapPoint point(
      @Nullable Place place, String who, String what, @Nullable Instant at, @Nullable String url) {
    GeoPoint point = place == null ? null : place.point();
    return place == null || point == null
        ? null
        : new MapPoint(point, place.precision(), who, what, at, place.name(), url);
  }
}
