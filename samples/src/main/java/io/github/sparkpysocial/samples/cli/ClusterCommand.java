package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Finds out what posts are about. */
@CommandLine.Command(
    name = "cluster",
    description = {
      "Find groups of posts that speak of the same.",
      "",
      "Each group is described by its size, its terms and its most typical posts. With --label it is"
          + " told how far the groups agree with labels that people gave.",
      ""
    },
    footer = {
      "",
      "Example: four groups, compared with a column of the file",
      "  sparkpy cluster posts.csv --k 4 --label topic"
    })
final class ClusterCommand extends Command {
  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  @Option(names = "--k", required = true, paramLabel = "N", description = "How many groups.")
  int k;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What all chance comes from. Default: ${DEFAULT-VALUE}.")
  long seed = 42;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column that holds labels given by people.")
  @Nullable String label;

  @Option(
      names = "--assignments",
      paramLabel = "FILE",
      description = "Write a CSV file of each post's network, id and cluster; -1 is none.")
  @Nullable Path assignments;

  @Mixin StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws Exception {
    if (k < 1) {
      throw new ParameterException(spec.commandLine(), "--k must be at least 1, was " + k);
    }
    PlaceUri place = given(uri);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = Intake.of(place, storeArguments.options(quarantine), console);
      long posts = intake.requirePosts(place, quarantine.count());
      if (k > posts) {
        throw Failure.failed(
            "--k " + k + " is more than the " + posts + " posts of " + place + "; ask for fewer",
            null);
      }
      return quarantine.finish(console, new Clustering(this, console).run(place));
    }
  }
}
