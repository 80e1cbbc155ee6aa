package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.CalendarChart;
import io.github.sparkpysocial.viz.chart.HeatMap;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.export.Exporter;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws when and what people write. */
@CommandLine.Command(
    name = "chart",
    description = {
      "Draw when and what people write.",
      "",
      "words: bars of the most frequent words. time: posts per hour. hours: posts by hour and day"
          + " of the week. calendar: posts of each day.",
      ""
    },
    footer = {
      "",
      "Example: when people write, on the clocks of Lisbon",
      "  sparkpy chart hours posts.jsonl --zone Europe/Lisbon --out hours.html"
    })
final class ChartCommand extends Command {

  /** What is drawn. */
  enum Kind {
    WORDS,
    TIME,
    HOURS,
    CALENDAR
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "What to draw: ${COMPLETION-CANDIDATES}, in any case.")
  private Kind kind = Kind.WORDS;

  @Parameters(
      index = "1",
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts: a file or the URI of a store.")
  private @Nullable PlaceUri uri;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The picture; its ending says the format: .html, .svg or .png.")
  private @Nullable Path out;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Whose clocks tell hours and days. Default: ${DEFAULT-VALUE}.")
  private ZoneId zone = ZoneId.of("UTC");

  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  private final Map<Instant, Long> perHour = new TreeMap<>();
  private final TermCounter words =
      TermCounter.builder().stopWords(StopWords.of(StopWords.languages())).build();
  private long undated;

  @Override
  int execute(Console console) throws IOException {
    PlaceUri place = given(uri);
    Intake.requireStore(place);
    Path file = Outputs.file(given(out));
    Exporter exporter = Exporters.forFile(file);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      long posts = 0;
      try (RecordStore store = Places.openStore(place, storeArguments.options(quarantine));
          RecordCursor records = store.readAll()) {
        while (records.hasNext()) {
          SocialRecord record = records.next();
          if (record instanceof Post post) {
            count(post);
            if (++posts % 1_000 == 0) {
              long soFar = posts;
              console.progress(() -> String.format(Locale.ROOT, "%,d posts read", soFar));
            }
          }
        }
      }
      if (posts == 0) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      exporter.write(figure(), file);
      long skipped = kind == Kind.WORDS ? 0 : undated;
      console.say(String.format(Locale.ROOT, "wrote %s: %,d posts", file, posts - skipped));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("items", posts - skipped);
      result.put("skipped", skipped);
      return quarantine.finish(console, result);
    }
  }

  private void count(Post post) {
    Instant at = post.createdAt();
    if (kind == Kind.WORDS) {
      words.add(post.text());
    } else if (at == null) {
      undated++;
    } else {
      perHour.merge(at.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
    }
  }

  private Figure figure() {
    return switch (kind) {
      case WORDS ->
          BarChart.of(
                  "Most frequent words",
                  words.top(25).stream().map(term -> Bar.of(term.text(), term.weight())).toList())
              .withUnit("times");
      case TIME ->
          TimeSeries.of("Posts per hour", List.of(Series.of("posts", withQuietHours(perHour))))
              .withUnit("posts per hour");
      case HOURS ->
          HeatMap.hourByWeekday("When people write, " + zone, perHour, zone).withUnit("posts");
      case CALENDAR -> {
        Map<LocalDate, Long> perDay = new TreeMap<>();
        perHour.forEach((at, n) -> perDay.merge(at.atZone(zone).toLocalDate(), n, Long::sum));
        yield CalendarChart.of("Posts of each day", perDay).withUnit("posts");
      }
    };
  }

  /** An hour without a post is drawn as none where a post came soon before or after. */
  private static Map<Instant, Long> withQuietHours(Map<Instant, Long> counts) {
    Map<Instant, Long> all = new TreeMap<>(counts);
    for (Instant at : counts.keySet()) {
      all.putIfAbsent(at.minus(1, ChronoUnit.HOURS), 0L);
      all.putIfAbsent(at.plus(1, ChronoUnit.HOURS), 0L);
    }
    return all;
  }
}
