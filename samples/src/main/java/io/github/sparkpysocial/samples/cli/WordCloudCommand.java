package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.export.Exporter;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.Colouring;
import io.github.sparkpysocial.viz.wordcloud.CorpusComparison;
import io.github.sparkpysocial.viz.wordcloud.Mask;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import io.github.sparkpysocial.viz.wordcloud.WordCloudLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Draws the words of posts, or what marks some posts against others. */
@CommandLine.Command(
    name = "wordcloud",
    description = {
      "Draw the most frequent words of posts as a cloud.",
      "",
      "Each text counts once, however often it was repeated; stop words are left out. With --against,",
      "draw the words that mark the one place against the other, surely (95 %), the surer the larger.",
      ""
    },
    footer = {
      "",
      "Examples: two hundred words as a picture; what two places say differently",
      "  sparkpy wordcloud posts.jsonl --out words.png",
      "  sparkpy wordcloud spark.jsonl --against flink.jsonl --mask ellipse --out rivals.html"
    })
final class WordCloudCommand extends Command {
  private static final String ELLIPSE = "ellipse";

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The picture; its ending says the format: .png, .svg or .html.")
  private @Nullable Path out;

  @Option(
      names = "--against",
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "Other posts, to be compared with.")
  private @Nullable PlaceUri against;

  @Option(
      names = "--words",
      paramLabel = "N",
      description = "How many words at most. Default: ${DEFAULT-VALUE}.")
  private int words = 200;

  @Option(names = "--phrases", description = "Count words that belong together as one phrase.")
  private boolean phrases;

  @Option(
      names = "--mask",
      paramLabel = "SHAPE",
      description = "What to fill: ellipse, or a picture, whose dark parts are filled.")
  private @Nullable String mask;

  @Option(
      names = "--colour",
      paramLabel = "WHAT",
      converter = ColouringConverter.class,
      description = "What colours say: group, weight. Default: group.")
  private Colouring colouring = Colouring.GROUP;

  @Option(names = "--title", paramLabel = "TEXT", description = "What stands above the picture.")
  private @Nullable String title;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      converter = SizeConverter.class,
      description = "Width and height in pixels. Default: 1200x800.")
  private Size size = Size.of(1200, 800);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the arrangement is drawn from. Default: ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Mixin StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws IOException {
    if (words < 1) {
      throw new ParameterException(spec.commandLine(), "--words must be at least 1, was " + words);
    }
    PlaceUri place = given(uri);
    Path file = Outputs.file(given(out));
    Exporter exporter = Exporters.forFile(file);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      WordCloud cloud = styled(cloud(place, storeArguments.options(quarantine), console));
      WordCloudLayout layout = cloud.layout();
      exporter.write(cloud, file);
      console.say(said(file, cloud, layout));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("items", layout.placed().size());
      result.put("skipped", layout.skipped().size());
      return quarantine.finish(console, result);
    }
  }

  private WordCloud cloud(PlaceUri place, StoreOptions options, Console console) {
    TermCounter counted = TextWords.of(place, options, phrases, console).counter();
    PlaceUri other = against;
    if (other == null) {
      return WordCloud.of(counted.top(words));
    }
    TermCounter others = TextWords.of(other, options, phrases, console).counter();
    return CorpusComparison.of(
            name(place, other), counts(counted), name(other, place), counts(others))
        .cloud((words + 1) / 2);
  }

  /** Returns all words and phrases, with how often they occur. */
  private static Map<String, Long> counts(TermCounter counter) {
    Map<String, Long> counts = new HashMap<>();
    for (WeightedTerm term : counter.top(Integer.MAX_VALUE)) {
      counts.put(term.text(), term.count());
    }
    return counts;
  }

  /**
   * Returns the last part of a place, or all of it where that is not different from the other's.
   */
  private static String name(PlaceUri place, PlaceUri other) {
    String name = lastPart(place);
    return name.equals(lastPart(other)) ? place.toString() : name;
  }

  private static String lastPart(PlaceUri place) {
    return place.toString().replaceFirst(".*[/:](?=[^/:]+$)", "");
  }

  private WordCloud styled(WordCloud plain) {
    WordCloud cloud = plain.withSeed(seed).withSize(size).withColouring(colouring);
    if (title != null) {
      cloud = cloud.withTitle(title);
    }
    return mask == null ? cloud : cloud.withMask(shape(mask));
  }

  private static Mask shape(String name) {
    try {
      return name.equals(ELLIPSE) ? Mask.ellipse() : Mask.read(Path.of(name));
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private String said(Path file, WordCloud cloud, WordCloudLayout layout) {
    String first = cloud.terms().isEmpty() ? "" : cloud.terms().get(0).text();
    return "wrote "
        + file
        + ": "
        + layout.placed().size()
        + (against == null ? " words, the most frequent '" : " words, the most telling '")
        + first
        + "'";
  }

  /** Reads a way of colouring. */
  static final class ColouringConverter implements ITypeConverter<Colouring> {
    @Override
    public Colouring convert(String value) {
      return switch (value) {
        case "group" -> Colouring.GROUP;
        case "weight" -> Colouring.WEIGHT;
        default -> throw new TypeConversionException("'" + value + "' is neither group nor weight");
      };
    }
  }

  /** Reads {@code 1200x800}. */
  static final class SizeConverter implements ITypeConverter<Size> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    @Override
    public Size convert(String value) {
      Matcher matcher = SIZE.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + value + "' is no size such as 1200x800");
      }
      try {
        return Size.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
