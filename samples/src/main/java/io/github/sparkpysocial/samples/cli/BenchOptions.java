package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.samples.bench.TransferBench;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How much is measured, of what and where. */
final class BenchOptions {
  private static final String ALL = "all";
  private static final int POSTS = 20_000;
  private static final List<Integer> SIZES = List.of(100_000, 1_000_000);
  private static final int LEAST_POSTS = 100;
  private static final int LEAST_EVENTS = 1_000;
  private static final int LEAST_EXECUTOR_MEGABYTES = 480;

  /** The kinds of store that can be measured. */
  static final class Targets implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(TransferBench.targets().stream(), Stream.of(ALL)).iterator();
    }
  }

  @Option(
      names = "--posts",
      paramLabel = "N",
      split = ",",
      description =
          "How many posts there are; scale takes several numbers. Default: 20000, and for scale"
              + " 100000,1000000.")
  private List<Integer> posts = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is run, by turns. Default: ${DEFAULT-VALUE}.")
  int rounds = 7;

  @Option(
      names = "--k",
      paramLabel = "N",
      description = "cluster: how many clusters. Default: ${DEFAULT-VALUE}.")
  int k = 6;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "network: how many people there are. Default: ${DEFAULT-VALUE}.")
  int nodes = 10_000;

  @Option(
      names = "--to",
      paramLabel = "STORE",
      description =
          "transfer: the kind of store, one of ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.",
      completionCandidates = Targets.class)
  String to = ALL;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where the files go; generated posts stay there for the next run. Default: a temporary"
              + " directory, which is removed.")
  @Nullable Path dir;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "journal: how many posts are committed together. Default: ${DEFAULT-VALUE}.")
  int batch = 500;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "stream: how many posts the topic has. Default: ${DEFAULT-VALUE}.")
  long events = 1_000_000;

  @Option(
      names = "--sync",
      paramLabel = "WHAT",
      description =
          "journal: what a commit survives, ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  JournalOptions.Sync sync = JournalOptions.Sync.DISK;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "wordcloud: the text, UTF-8, whose 200 most frequent words are drawn.")
  @Nullable Path text;

  @Option(names = "--heap", description = "Watch the heap instead of the time.")
  boolean heap;

  @Option(
      names = "--cluster",
      description =
          "scale: run the tasks on a standalone cluster of this machine, with a master and two"
              + " workers of one core, so that the heap is that of the driver alone.")
  boolean cluster;

  @Option(
      names = "--executor-memory",
      paramLabel = "MB",
      description = "scale: the heap of each executor of --cluster. Default: ${DEFAULT-VALUE}.")
  int executorMegabytes = 2_000;

  /** Returns how many posts there are, where one number is wanted. */
  int posts() {
    return posts.isEmpty() ? POSTS : posts.get(0);
  }

  /** Returns how many posts there are, smallest first, where several numbers are wanted. */
  List<Integer> sizes() {
    return posts.isEmpty() ? SIZES : posts.stream().sorted().distinct().toList();
  }

  /** Returns the kinds of store that are asked for. */
  List<String> targets() {
    return to.equals(ALL) ? TransferBench.targets() : List.of(to);
  }

  void check(CommandSpec spec) {
    if (batch < 1) {
      throw new ParameterException(spec.commandLine(), "--batch must be positive, was " + batch);
    }
    if (posts.stream().anyMatch(count -> count < LEAST_POSTS) || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--posts is at least 100 and --rounds at least 1");
    }
    if (executorMegabytes < LEAST_EXECUTOR_MEGABYTES) {
      throw new ParameterException(
          spec.commandLine(),
          "--executor-memory is at least "
              + LEAST_EXECUTOR_MEGABYTES
              + " MB, which Spark asks for");
    }
    if (nodes < 1) {
      throw new ParameterException(spec.commandLine(), "--nodes must be positive, was " + nodes);
    }
    if (events < LEAST_EVENTS) {
      throw new ParameterException(spec.commandLine(), "--events is at least 1000");
    }
    if (!TransferBench.targets().containsAll(targets())) {
      throw new ParameterException(
          spec.commandLine(),
          "--to is one of " + String.join(", ", TransferBench.targets()) + " or " + ALL);
    }
  }
}
