package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.classify.Candidate;
import io.github.sparkpysocial.ml.classify.ClassificationReport;
import io.github.sparkpysocial.ml.classify.HardPost;
import io.github.sparkpysocial.ml.classify.Learner;
import io.github.sparkpysocial.ml.classify.TellingTerms;
import io.github.sparkpysocial.ml.classify.TextClassification;
import io.github.sparkpysocial.ml.classify.TextClassificationModel;
import io.github.sparkpysocial.ml.evaluate.ClassScores;
import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.frame.Frames;
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
import org.jspecify.annotations.Nullable;

/** What {@link ClassifyCommand} asks of Spark. */
final class Classifying {
  private static final int TERMS_SHOWN = 12;
  private static final int HARDEST_SHOWN = 3;

  private final ClassifyCommand command;
  private final Console console;

  Classifying(ClassifyCommand command, Console console) {
    this.command = command;
    this.console = console;
  }

  Map<String, @Nullable Object> run(PlaceUri place) throws IOException {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      Dataset<Row> posts =
          Labels.of(
              Frames.of(spark, place, RecordKind.POST, command.storeArguments.frameOptions()),
              command.label,
              place);
      console.progress(() -> "learning from " + place);
      TextClassificationModel model = classification(place).fit(posts);
      if (command.save != null) {
        model.save(command.save);
      }
      if (command.assignments != null) {
        Assignments.write(model.transform(posts), command.assignments, "prediction", "confidence");
      }
      say(model.report());
      return json(model.report());
    } catch (IllegalArgumentException e) { // a single label: known only now
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private TextClassification classification(PlaceUri place) {
    TextClassification.Builder builder =
        command.sentiment
            ? TextClassification.sentiment(command.label)
            : TextClassification.builder(command.label);
    List<Learner> learners =
        command.learners.stream().map(ClassifyCommand.LearnerName::learner).toList();
    if (!learners.isEmpty()) {
      builder.learner(
          learners.get(0), learners.subList(1, learners.size()).toArray(new Learner[0]));
    }
    return builder
        .seed(command.seed)
        .source(place.toString())
        .folds(
            command.inTime
                ? Folds.inTime(command.folds)
                : Folds.keeping(command.folds, command.seed, Folds.Together.TEXT))
        .build();
  }

  private void say(ClassificationReport report) {
    ClassificationScores scores = report.scores();
    console.say(
        String.format(
            Locale.ROOT,
            "%,d posts with a label, %,d terms; judged in %d folds: accuracy %.3f, macro-F1 %.3f,"
                + " error of confidence %.3f",
            report.posts(),
            report.features(),
            report.folds(),
            scores.accuracy(),
            scores.macroF1(),
            report.calibration().error()));
    if (report.candidates().size() > 1) {
      console.say("");
      report
          .candidates()
          .forEach(
              tried ->
                  console.say(
                      String.format(
                          Locale.ROOT,
                          "%.3f  %s, ngrams %d",
                          tried.macroF1(),
                          tried.learner(),
                          tried.ngrams())));
    }
    for (int c = 0; c < scores.labels().size(); c++) {
      ClassScores label = scores.classes().get(c);
      console.say("");
      console.say(
          String.format(
              Locale.ROOT,
              "%s: %,d posts, precision %.3f, recall %.3f, F1 %.3f",
              label.label(),
              label.support(),
              label.precision(),
              label.recall(),
              label.f1()));
      report.telling().stream()
          .filter(telling -> telling.label().equals(label.label()))
          .forEach(
              telling ->
                  console.say(
                      "  "
                          + String.join(
                              ", ", terms(telling).stream().limit(TERMS_SHOWN).toList())));
    }
    if (!report.hardest().isEmpty()) {
      console.say("");
      console.say("most surely wrong:");
    }
    for (HardPost post : report.hardest().stream().limit(HARDEST_SHOWN).toList()) {
      console.say(
          String.format(
              Locale.ROOT,
              "  > %s (%s, taken for %s)",
              post.text().replaceAll("\\s+", " "),
              post.label(),
              post.prediction()));
    }
  }

  private static List<String> terms(TellingTerms telling) {
    return telling.terms().stream().map(TellingTerms.Term::term).toList();
  }

  private static Map<String, @Nullable Object> json(ClassificationReport report) {
    ClassificationScores scores = report.scores();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("posts", report.posts());
    json.put("features", report.features());
    json.put("folds", report.folds());
    json.put("seed", report.seed());
    json.put("learner", report.chosen().learner());
    List<Map<String, Object>> candidates = new ArrayList<>();
    for (Candidate tried : report.candidates()) {
      candidates.add(
          Map.of(
              "learner", tried.learner(),
              "parameters", tried.parameters(),
              "minDocFreq", tried.minDocFreq(),
              "ngrams", tried.ngrams(),
              "accuracy", tried.accuracy(),
              "macroF1", tried.macroF1()));
    }
    json.put("candidates", candidates);
    json.put("accuracy", scores.accuracy());
    json.put("macroF1", scores.macroF1());
    json.put("weightedF1", scores.weightedF1());
    json.put("calibrationError", report.calibration().error());
    List<Map<String, Object>> labels = new ArrayList<>();
    for (ClassScores label : scores.classes()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("label", label.label());
      each.put("support", label.support());
      each.put("precision", label.precision());
      each.put("recall", label.recall());
      each.put("f1", label.f1());
      report.telling().stream()
          .filter(telling -> telling.label().equals(label.label()))
          .forEach(telling -> each.put("terms", terms(telling)));
      labels.add(each);
    }
    json.put("labels", labels);
    json.put("confusion", scores.confusion());
    json.put("hardest", report.hardest().stream().map(HardPost::id).toList());
    return json;
  }
}
