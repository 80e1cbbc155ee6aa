package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.export.Exporter;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import io.github.sparkpysocial.viz.wordcloud.WordCloudLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Draws the words of posts. */
@CommandLine.Command(
    name = "wordcloud",
    description = {
      "Draw the most frequent words of posts as a cloud.",
      "",
      "Each text counts once, however often it was repeated; stop words are left out.",
      ""
    },
    footer = {
      "",
      "Example: two hundred words as a picture",
      "  sparkpy wordcloud posts.jsonl --out words.png"
    })
final class WordCloudCommand extends Command {
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
      names = "--words",
      paramLabel = "N",
      description = "How many words at most. Default: ${DEFAULT-VALUE}.")
  private int words = 200;

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
      Intake.of(place, storeArguments.options(quarantine), console)
          .requirePosts(place, quarantine.count());
      List<WeightedTerm> terms =
          new Words(console).mostFrequent(place, storeArguments.frameOptions(), words);
      WordCloud cloud = WordCloud.of(terms).withSeed(seed).withSize(Size.of(1200, 800));
      WordCloudLayout layout = cloud.layout();
      exporter.write(cloud, file);
      console.say(
          "wrote "
              + file
              + ": "
              + layout.placed().size()
              + " words, the most frequent '"
              + (terms.isEmpty() ? "" : terms.get(0).text())
              + "'");
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("items", layout.placed().size());
      result.put("skipped", layout.skipped().size());
      return quarantine.finish(console, result);
    }
  }
}
