package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.network.GraphFiles;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Draws who is tied to whom. */
@CommandLine.Command(
    name = "graph",
    description = {
      "Draw the network of people, repositories and groups: stars, forks, commits, replies,"
          + " reposts.",
      "",
      "Those with the most ties are shown. Records that tell no tie are passed over and counted.",
      ""
    },
    footer = {
      "",
      "Example: a file for Gephi",
      "  sparkpy graph records.jsonl --out community.gexf"
    })
final class GraphCommand extends Command {
  private static final int MOST_TIES = 500_000;

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The records: a file or the URI of a store.")
  private @Nullable PlaceUri uri;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The picture; its ending says the format: .html, .svg, .png, or .graphml and .gexf for"
              + " other programs.")
  private @Nullable Path out;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes at most, those with the most ties. Default: ${DEFAULT-VALUE}.")
  private int most = 1_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where the layout begins. Default: ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws IOException {
    if (most < 1) {
      throw new ParameterException(spec.commandLine(), "--nodes must be at least 1, was " + most);
    }
    PlaceUri place = given(uri);
    Intake.requireStore(place);
    Path file = Outputs.file(given(out));
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean data = name.endsWith(".graphml") || name.endsWith(".gexf");
    if (!data) {
      Exporters.forFile(file);
    }
    Ties ties = new Ties(MOST_TIES);
    long read = 0;
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      try (RecordStore store = Places.openStore(place, storeArguments.options(quarantine));
          RecordCursor records = store.readAll()) {
        while (records.hasNext()) {
          ties.add(records.next());
          if (++read % 1_000 == 0) {
            long soFar = read;
            console.progress(() -> String.format(Locale.ROOT, "%,d records read", soFar));
          }
        }
      }
      if (read == 0) {
        throw Failure.failed(Intake.nothingIn(place, quarantine.count()), null);
      }
      console.progress(() -> "drawing");
      NetworkGraph graph = ties.graph("Who is tied to whom", most, seed);
      if (name.endsWith(".graphml")) {
        GraphFiles.writeGraphMl(graph, file);
      } else if (name.endsWith(".gexf")) {
        GraphFiles.writeGexf(graph, file);
      } else {
        Exporters.write(graph, file);
      }
      console.say(
          String.format(
              Locale.ROOT,
              "wrote %s: %,d nodes, %,d edges; %,d records tell no tie",
              file,
              graph.nodes().size(),
              graph.edges().size(),
              ties.skipped()));
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("items", graph.nodes().size());
      result.put("edges", graph.edges().size());
      result.put("skipped", ties.skipped());
      return quarantine.finish(console, result);
    }
  }
}
