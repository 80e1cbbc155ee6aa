package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Finds topics that posts mix. */
@CommandLine.Command(
    name = "topics",
    description = {
      "Find topics that posts mix, by latent Dirichlet allocation.",
      "",
      "Each topic is described by its share, its terms, those that tell it from the others and the"
          + " posts that are most surely about it. Coherence tells how often its terms meet in a"
          + " post, stability how alike the topics of other seeds are.",
      ""
    },
    footer = {"", "Example: eight topics, as JSON", "  sparkpy topics posts.csv --k 8 --json"})
final class TopicsCommand extends Command {
  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  @Option(names = "--k", required = true, paramLabel = "N", description = "How many topics.")
  int k;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What all chance comes from. Default: ${DEFAULT-VALUE}.")
  long seed = 42;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds are tried to tell the stability. Default: ${DEFAULT-VALUE}.")
  int seeds = 3;

  @Mixin StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws Exception {
    if (k < 2 || seeds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--k must be at least 2 and --seeds at least 1");
    }
    PlaceUri place = given(uri);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = Intake.of(place, storeArguments.options(quarantine), console);
      intake.requirePosts(place, quarantine.count());
      return quarantine.finish(console, new TopicFinding(this, console).run(place));
    }
  }
}
