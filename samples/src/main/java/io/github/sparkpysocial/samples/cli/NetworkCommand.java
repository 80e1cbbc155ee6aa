package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.network.Influencer;
import io.github.sparkpysocial.ml.network.Link;
import io.github.sparkpysocial.ml.network.NetworkMeasures;
import io.github.sparkpysocial.ml.network.NetworkReport;
import io.github.sparkpysocial.ml.network.Node;
import io.github.sparkpysocial.ml.network.PeopleNetwork;
import io.github.sparkpysocial.ml.network.Picture;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Tells who turns to whom. */
@CommandLine.Command(
    name = "network",
    description = {
      "Tell who replies to, mentions, reposts, stars and commits to whom and what.",
      "",
      "Says how the network hangs together, its communities, and whom others turn to; on networks"
          + " of different size by ranks within each.",
      ""
    },
    footer = {
      "",
      "Example: the twenty most influential accounts of a harvest",
      "  sparkpy network harvest.jsonl --top 20"
    })
final class NetworkCommand extends Command {
  private static final int NODES = 100;

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts and interactions: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many accounts are told. Default: ${DEFAULT-VALUE}.")
  int top = 10;

  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws Exception {
    if (top < 1) {
      throw new ParameterException(spec.commandLine(), "--top must be at least 1, was " + top);
    }
    PlaceUri place = given(uri);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = Intake.of(place, storeArguments.options(quarantine), console);
      if (intake.count(RecordKind.POST) + intake.count(RecordKind.INTERACTION) == 0) {
        throw Failure.failed(place + " holds neither posts nor interactions", null);
      }
      return quarantine.finish(console, run(place, console));
    }
  }

  private Map<String, @Nullable Object> run(PlaceUri place, Console console) throws Exception {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      PeopleNetwork network =
          PeopleNetwork.builder()
              .posts(
                  Frames.of(spark, place, RecordKind.POST, storeArguments.frameOptions()).cache())
              .interactions(
                  Frames.of(spark, place, RecordKind.INTERACTION, storeArguments.frameOptions())
                      .cache())
              .build();
      console.progress(() -> "measuring the network of " + place);
      try (NetworkMeasures measures = network.measure()) {
        List<Influencer> influencers = measures.influencers(top);
        say(measures.report(), influencers, console);
        return json(measures.report(), influencers, measures.picture(NODES));
      }
    } catch (IllegalArgumentException e) { // nobody turns to anybody: known only now
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static void say(NetworkReport report, List<Influencer> influencers, Console console) {
    console.say(
        String.format(
            Locale.ROOT,
            "%,d people and things, %,d edges, %,d interactions; %,d parts, the largest of %,d;"
                + " %,d communities, the largest of %,d, modularity %.3f; %,d triangles",
            report.vertices(),
            report.edges(),
            report.interactions(),
            report.components(),
            report.largestComponent(),
            report.communities(),
            report.largestCommunity(),
            report.modularity(),
            report.triangles()));
    console.say("");
    for (Influencer each : influencers) {
      console.say(
          String.format(
              Locale.ROOT,
              "  %s (%s): %d. by PageRank, %d. by reach, %d. by weight",
              each.name(),
              each.network(),
              each.pageRankRank(),
              each.reachRank(),
              each.weightRank()));
    }
  }

  private static Map<String, @Nullable Object> json(
      NetworkReport report, List<Influencer> influencers, Picture picture) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("vertices", report.vertices());
    json.put("edges", report.edges());
    json.put("interactions", report.interactions());
    json.put("components", report.components());
    json.put("largestComponent", report.largestComponent());
    json.put("communities", report.communities());
    json.put("largestCommunity", report.largestCommunity());
    json.put("modularity", report.modularity());
    json.put("triangles", report.triangles());
    List<Map<String, Object>> people = new ArrayList<>();
    for (Influencer each : influencers) {
      people.add(
          Map.of(
              "key",
              each.key(),
              "name",
              each.name(),
              "network",
              each.network(),
              "score",
              each.score()));
    }
    json.put("influencers", people);
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (Node node : picture.nodes()) {
      nodes.add(
          Map.of(
              "key",
              node.key(),
              "kind",
              node.kind(),
              "name",
              node.name(),
              "community",
              node.community(),
              "weight",
              node.weight()));
    }
    json.put("nodes", nodes);
    List<Map<String, Object>> links = new ArrayList<>();
    for (Link link : picture.links()) {
      links.add(Map.of("source", link.source(), "target", link.target(), "weight", link.weight()));
    }
    json.put("links", links);
    return json;
  }
}
