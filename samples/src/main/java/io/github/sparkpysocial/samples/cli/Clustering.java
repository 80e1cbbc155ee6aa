package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.ClusterSweep;
import io.github.sparkpysocial.ml.cluster.ClusteringReport;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.cluster.WeightedTerm;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** What {@link ClusterCommand} asks of Spark. */
final class Clustering {
  private static final int TERMS_SHOWN = 12;
  private static final int SEEDS = 3;

  private final ClusterCommand command;
  private final Console console;

  Clustering(ClusterCommand command, Console console) {
    this.command = command;
    this.console = console;
  }

  Map<String, Object> run(PlaceUri place) throws IOException {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      Dataset<Row> posts =
          Frames.of(spark, place, RecordKind.POST, command.storeArguments.frameOptions());
      String label = command.label;
      if (label != null) {
        posts = Labels.of(posts, label, place);
      }
      console.progress(() -> "clustering " + place);
      if (command.size.sweep != null) {
        return sweep(posts.persist(StorageLevel.MEMORY_AND_DISK()), place);
      }
      TextClusteringModel model = builder(command.ks.get(0), place).build().fit(posts);
      if (command.save != null) {
        model.save(command.save);
      }
      Dataset<Row> clustered = model.transform(posts);
      Agreement agreement = label == null ? null : Agreement.of(clustered, label, "prediction");
      if (command.assignments != null) {
        Assignments.write(
            clustered.withColumnRenamed("prediction", "cluster"), command.assignments, "cluster");
      }
      ClusteringReport report = model.report();
      say(report, agreement);
      return json(report, agreement);
    } catch (IllegalArgumentException e) { // too few different texts: known only now
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private TextClustering.Builder builder(int k, PlaceUri place) {
    return TextClustering.builder(k)
        .seed(command.seed)
        .algorithm(command.algorithm)
        .source(place.toString());
  }

  private Map<String, Object> sweep(Dataset<Row> posts, PlaceUri place) {
    ClusterSweep sweep =
        ClusterSweep.of(
            posts,
            command.ks,
            LongStream.range(0, SEEDS).mapToObj(i -> command.seed + i).toList(),
            k -> builder(k, place));
    List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    for (ClusterSweep.Step step : sweep.steps()) {
      console.say(
          String.format(
              Locale.ROOT,
              "k %d: cost %.2f, silhouette %s, stability %.3f",
              step.k(),
              step.cost(),
              step.silhouette() == null
                  ? "none"
                  : String.format(Locale.ROOT, "%.3f", step.silhouette()),
              step.stability()));
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("k", step.k());
      json.put("cost", step.cost());
      json.put("silhouette", step.silhouette());
      json.put("stability", step.stability());
      steps.add(json);
    }
    return Map.of("algorithm", command.algorithm.name(), "seed", command.seed, "sweep", steps);
  }

  private void say(ClusteringReport report, @Nullable Agreement agreement) {
    console.say(
        String.format(
            Locale.ROOT,
            "%,d posts (%,d different texts, %,d without a cluster), %,d terms, %d dimensions",
            report.posts(),
            report.distinctTexts(),
            report.unassigned(),
            report.features(),
            report.dimensions()));
    console.say(
        String.format(
            Locale.ROOT,
            "cost %.2f, silhouette %s",
            report.cost(),
            report.silhouette() == null
                ? "none for one cluster"
                : String.format(Locale.ROOT, "%.3f", report.silhouette())));
    if (agreement != null) {
      console.say(
          String.format(
              Locale.ROOT,
              "agreement with '%s' over %,d posts: purity %.3f, NMI %.3f, ARI %.3f",
              command.label,
              agreement.count(),
              agreement.purity(),
              agreement.nmi(),
              agreement.ari()));
    }
    for (ClusterCard card : report.clusters()) {
      console.say("");
      console.say(String.format(Locale.ROOT, "cluster %d: %,d posts", card.cluster(), card.size()));
      console.say(
          "  " + String.join(", ", terms(card.terms()).stream().limit(TERMS_SHOWN).toList()));
      card.central().stream()
          .limit(2)
          .forEach(post -> console.say("  > " + post.text().replaceAll("\\s+", " ")));
    }
  }

  static Map<String, Object> json(ClusterCard card) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cluster", card.cluster());
    json.put("size", card.size());
    json.put("distinctTexts", card.distinctTexts());
    json.put("terms", terms(card.terms()));
    json.put("distinguishing", terms(card.distinguishing()));
    json.put("central", card.central().stream().map(CentralPost::id).toList());
    return json;
  }

  private static Map<String, Object> json(ClusteringReport report, @Nullable Agreement agreement) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("posts", report.posts());
    json.put("distinctTexts", report.distinctTexts());
    json.put("unassigned", report.unassigned());
    json.put("algorithm", report.algorithm().name());
    json.put("k", report.k());
    json.put("seed", report.seed());
    json.put("features", report.features());
    json.put("dimensions", report.dimensions());
    json.put("iterations", report.iterations());
    json.put("cost", report.cost());
    json.put("silhouette", report.silhouette());
    List<Map<String, Object>> cards = new ArrayList<>();
    report.clusters().forEach(card -> cards.add(json(card)));
    json.put("clusters", cards);
    if (agreement != null) {
      json.put("labelled", agreement.count());
      json.put("purity", agreement.purity());
      json.put("nmi", agreement.nmi());
      json.put("ari", agreement.ari());
    }
    return json;
  }

  static List<String> terms(List<WeightedTerm> terms) {
    return terms.stream().map(WeightedTerm::term).toList();
  }
}
