package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.recommend.HeldOut;
import io.github.sparkpysocial.ml.recommend.Preferences;
import io.github.sparkpysocial.ml.recommend.Recommendation;
import io.github.sparkpysocial.ml.recommend.RecommendationModel;
import io.github.sparkpysocial.ml.recommend.RecommendationReport;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Recommends to people what they may take to. */
@CommandLine.Command(
    name = "recommend",
    description = {
      "Recommend repositories, hashtags or people, and say how well that works.",
      "",
      "The newest preferences are kept aside; the scores say how many of them lists made from the"
          + " earlier ones foretell, beside lists of what is popular.",
      ""
    },
    footer = {
      "",
      "Example: repositories for one person, learnt from who stars and commits to what",
      "  sparkpy recommend harvest.jsonl --what repositories --user github/583231"
    })
final class RecommendCommand extends Command {
  /** What can be recommended. */
  enum What {
    REPOSITORIES,
    HASHTAGS,
    PEOPLE
  }

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The records: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  @Option(
      names = "--what",
      required = true,
      paramLabel = "WHAT",
      description =
          "repositories and people are learnt from interactions, hashtags from posts."
              + " One of: ${COMPLETION-CANDIDATES}.")
  What what = What.REPOSITORIES;

  @Option(
      names = "--user",
      paramLabel = "NETWORK/ID",
      description =
          "Whom to recommend to, such as github/583231 or x/@ada; several times for several people."
              + " Who is not known gets what is popular.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How long the lists are. Default: ${DEFAULT-VALUE}.")
  int top = 10;

  @Option(
      names = "--at-random",
      description =
          "Keep preferences aside at random instead of the newest, where there are no times.")
  boolean atRandom;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What all chance comes from. Default: ${DEFAULT-VALUE}.")
  long seed = 42;

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
      RecordKind kind = what == What.HASHTAGS ? RecordKind.POST : RecordKind.INTERACTION;
      if (intake.count(kind) == 0) {
        throw Failure.failed(
            place + " holds no " + kind.wireName() + " to learn " + word() + " from", null);
      }
      return quarantine.finish(console, run(place, kind, console));
    }
  }

  private String word() {
    return what.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, @Nullable Object> run(PlaceUri place, RecordKind kind, Console console)
      throws Exception {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      Dataset<Row> records = Frames.of(spark, place, kind, storeArguments.frameOptions());
      console.progress(() -> "learning from " + place);
      RecommendationModel model =
          Recommendation.implicit()
              .k(top)
              .seed(seed)
              .heldOut(atRandom ? HeldOut.RANDOM : HeldOut.NEWEST, 0.2)
              .build()
              .fit(preferences(records));
      Map<String, @Nullable Object> json = json(model.report());
      say(model.report(), console);
      if (!users.isEmpty()) {
        json.put("recommended", lists(model, spark, console));
      }
      return json;
    } catch (IllegalArgumentException e) { // too few, or without times: known only now
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private Dataset<Row> preferences(Dataset<Row> records) {
    return switch (what) {
      case REPOSITORIES -> Preferences.repositories(records);
      case HASHTAGS -> Preferences.hashtags(records);
      case PEOPLE -> Preferences.people(records);
    };
  }

  private Map<String, Object> lists(
      RecommendationModel model, SparkSession spark, Console console) {
    Dataset<Row> people =
        spark.createDataset(users, org.apache.spark.sql.Encoders.STRING()).toDF("user");
    Map<String, Object> lists = new LinkedHashMap<>();
    for (String user : users) {
      List<Map<String, @Nullable Object>> list = new ArrayList<>();
      for (Row row :
          model
              .recommend(people.where(people.col("user").equalTo(user)), top)
              .orderBy("rank")
              .select("item", "score", "source")
              .collectAsList()) {
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        each.put("item", row.getString(0));
        each.put("score", row.isNullAt(1) ? null : row.getDouble(1));
        each.put("source", row.getString(2));
        list.add(each);
      }
      lists.put(user, list);
      console.say("");
      console.say(user + ":");
      list.forEach(each -> console.say("  " + each.get("item") + " (" + each.get("source") + ")"));
    }
    return lists;
  }

  private void say(RecommendationReport report, Console console) {
    console.say(
        String.format(
            Locale.ROOT,
            "%,d preferences of %,d people for %,d %s; of the %,d kept aside, %d places foretell:"
                + " precision %.3f, recall %.3f, MAP %.3f, NDCG %.3f; what is popular: NDCG %.3f",
            report.preferences(),
            report.users(),
            report.items(),
            word(),
            report.heldOut(),
            report.scores().k(),
            report.scores().precision(),
            report.scores().recall(),
            report.scores().map(),
            report.scores().ndcg(),
            report.popular().ndcg()));
  }

  private Map<String, @Nullable Object> json(RecommendationReport report) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("what", word());
    json.put("users", report.users());
    json.put("items", report.items());
    json.put("preferences", report.preferences());
    json.put("heldOut", report.heldOut());
    json.put("k", report.scores().k());
    json.put("seed", report.seed());
    json.put("precision", report.scores().precision());
    json.put("recall", report.scores().recall());
    json.put("map", report.scores().map());
    json.put("ndcg", report.scores().ndcg());
    json.put("popularNdcg", report.popular().ndcg());
    return json;
  }
}
