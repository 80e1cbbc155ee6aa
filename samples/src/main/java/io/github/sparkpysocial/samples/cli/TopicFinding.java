package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.topic.TopicCard;
import io.github.sparkpysocial.ml.topic.TopicModelling;
import io.github.sparkpysocial.ml.topic.TopicReport;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** What {@link TopicsCommand} asks of Spark. */
final class TopicFinding {
  private static final int TERMS_SHOWN = 12;

  private final TopicsCommand command;
  private final Console console;

  TopicFinding(TopicsCommand command, Console console) {
    this.command = command;
    this.console = console;
  }

  Map<String, Object> run(PlaceUri place) throws IOException {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      Dataset<Row> posts =
          Frames.of(spark, place, RecordKind.POST, command.storeArguments.frameOptions())
              .select("id", "text")
              .persist(StorageLevel.MEMORY_AND_DISK());
      console.progress(() -> "finding topics in " + place);
      TopicReport report =
          TopicModelling.builder(command.k)
              .seed(command.seed)
              .seeds(command.seeds)
              .build()
              .fit(posts)
              .report();
      say(report);
      return json(report);
    } catch (IllegalArgumentException e) { // too few different texts: known only now
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private void say(TopicReport report) {
    console.say(
        String.format(
            Locale.ROOT,
            "%,d posts (%,d different texts), %,d terms; coherence %.3f, stability %s",
            report.posts(),
            report.distinctTexts(),
            report.terms(),
            report.coherence(),
            report.stability() == null
                ? "not told for one seed"
                : String.format(Locale.ROOT, "%.3f", report.stability())));
    for (TopicCard card : report.topics()) {
      console.say("");
      console.say(
          String.format(
              Locale.ROOT,
              "topic %d: %.0f %%, coherence %.3f",
              card.topic(),
              100 * card.share(),
              card.coherence()));
      console.say(
          "  "
              + String.join(
                  ", ", Clustering.terms(card.telling()).stream().limit(TERMS_SHOWN).toList()));
      card.exemplars().stream()
          .limit(2)
          .forEach(post -> console.say("  > " + post.text().replaceAll("\\s+", " ")));
    }
  }

  private static Map<String, Object> json(TopicReport report) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("posts", report.posts());
    json.put("distinctTexts", report.distinctTexts());
    json.put("k", report.k());
    json.put("seed", report.seed());
    json.put("features", report.terms());
    json.put("coherence", report.coherence());
    json.put("stability", report.stability());
    json.put("logPerplexity", report.logPerplexity());
    List<Map<String, Object>> cards = new ArrayList<>();
    for (TopicCard card : report.topics()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("topic", card.topic());
      one.put("share", card.share());
      one.put("coherence", card.coherence());
      one.put("terms", Clustering.terms(card.terms()));
      one.put("telling", Clustering.terms(card.telling()));
      one.put("exemplars", card.exemplars().stream().map(CentralPost::id).toList());
      cards.add(one);
    }
    json.put("topics", cards);
    return json;
  }
}
