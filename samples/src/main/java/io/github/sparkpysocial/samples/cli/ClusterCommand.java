package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.cluster.ClusteringAlgorithm;
import io.github.sparkpysocial.place.PlaceUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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
      "  sparkpy cluster posts.csv --k 4 --label topic",
      "Example: which number of groups fits",
      "  sparkpy cluster posts.csv --sweep 2..8"
    })
final class ClusterCommand extends Command {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})\\.\\.(\\d{1,6})");
  private static final int MOST_SIZES = 50;

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  /** One k, or several to choose from. */
  static final class Size {
    @Option(names = "--k", paramLabel = "N", description = "How many groups.")
    @Nullable Integer k;

    @Option(
        names = "--sweep",
        paramLabel = "FROM..TO",
        description =
            "Try each number of groups with three seeds, and tell cost, silhouette and stability,"
                + " to choose one by.")
    @Nullable String sweep;
  }

  @ArgGroup(multiplicity = "1")
  Size size = new Size();

  /** The numbers of groups to try, one or more. */
  List<Integer> ks = List.of();

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description =
          "What finds the groups, one of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  ClusteringAlgorithm algorithm = ClusteringAlgorithm.SPHERICAL_K_MEANS;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description =
          "Save the model with its card, to be read by Spark or by any JVM. The report in it quotes"
              + " the most typical posts.")
  @Nullable Path save;

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
    ks = sizes();
    if (size.sweep != null && (save != null || assignments != null || label != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--sweep only compares; choose a --k for --save, --assignments or --label");
    }
    if (save != null && Files.exists(save)) {
      throw Failure.usage(save + " is there already; name another directory for --save", null);
    }
    PlaceUri place = given(uri);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = Intake.of(place, storeArguments.options(quarantine), console);
      long posts = intake.requirePosts(place, quarantine.count());
      int most = Collections.max(ks);
      if (most > posts) {
        throw Failure.failed(
            (size.sweep == null ? "--k " : "--sweep to ")
                + most
                + " is more than the "
                + posts
                + " posts of "
                + place
                + "; ask for fewer",
            null);
      }
      return quarantine.finish(console, new Clustering(this, console).run(place));
    }
  }

  private List<Integer> sizes() {
    if (size.k != null) {
      if (size.k < 1) {
        throw new ParameterException(spec.commandLine(), "--k must be at least 1, was " + size.k);
      }
      return List.of(size.k);
    }
    Matcher range = RANGE.matcher(Objects.requireNonNullElse(size.sweep, ""));
    if (!range.matches()) {
      throw new ParameterException(
          spec.commandLine(), "--sweep must be such as 2..8, was " + size.sweep);
    }
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    if (from < 1 || to < from || to - from >= MOST_SIZES) {
      throw new ParameterException(
          spec.commandLine(),
          "--sweep goes upwards from 1 or more, over at most "
              + MOST_SIZES
              + " numbers, was "
              + size.sweep);
    }
    return IntStream.rangeClosed(from, to).boxed().toList();
  }
}
