package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.classify.Learner;
import io.github.sparkpysocial.place.PlaceUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Learns to tell the labels of posts. */
@CommandLine.Command(
    name = "classify",
    description = {
      "Learn from labelled posts to tell the label of others, and say how well.",
      "",
      "Every post is judged by a model that has not seen it, nor any post of the same text: the"
          + " scores are those to expect of new posts.",
      ""
    },
    footer = {
      "",
      "Example: how well the topics of a file can be told, and the words that tell them",
      "  sparkpy classify posts.csv --label topic"
    })
final class ClassifyCommand extends Command {
  /** The learners, with their defaults. */
  enum LearnerName {
    LINEAR_SVM,
    LOGISTIC_REGRESSION,
    NAIVE_BAYES,
    DECISION_TREE,
    RANDOM_FOREST,
    GRADIENT_BOOSTED_TREES;

    Learner learner() {
      return switch (this) {
        case LINEAR_SVM -> Learner.linearSvm();
        case LOGISTIC_REGRESSION -> Learner.logisticRegression();
        case NAIVE_BAYES -> Learner.naiveBayes();
        case DECISION_TREE -> Learner.decisionTree();
        case RANDOM_FOREST -> Learner.randomForest();
        case GRADIENT_BOOSTED_TREES -> Learner.gradientBoostedTrees();
      };
    }
  }

  @Parameters(
      paramLabel = "URI",
      converter = PlaceConverter.class,
      description = "The posts: a file or the URI of a store.")
  @Nullable PlaceUri uri;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "The column that holds labels given by people; posts without one are judged.")
  String label = "";

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "In how many parts the posts are divided. Default: ${DEFAULT-VALUE}.")
  int folds = 5;

  @Option(
      names = "--in-time",
      description = "Test each part by what came before it, instead of parts at random.")
  boolean inTime;

  @Option(
      names = "--learner",
      paramLabel = "NAME",
      description =
          "What tells the labels apart; several times to try several and take the best. One of:"
              + " ${COMPLETION-CANDIDATES}. Default: linear_svm.")
  List<LearnerName> learners = new ArrayList<>();

  @Option(
      names = "--sentiment",
      description = "Try pairs of words, too, and mark what is negated; for labels of mood.")
  boolean sentiment;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description =
          "Save the model with its card, to be read by Spark or by any JVM. The report in it quotes"
              + " the posts that are hardest to tell.")
  @Nullable Path save;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What all chance comes from. Default: ${DEFAULT-VALUE}.")
  long seed = 42;

  @Option(
      names = "--assignments",
      paramLabel = "FILE",
      description = "Write a CSV file of each post's network, id, prediction and confidence.")
  @Nullable Path assignments;

  @Mixin StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  int execute(Console console) throws Exception {
    if (folds < 2) {
      throw new ParameterException(spec.commandLine(), "--folds must be at least 2, was " + folds);
    }
    if (save != null && Files.exists(save)) {
      throw Failure.usage(save + " is there already; name another directory for --save", null);
    }
    PlaceUri place = given(uri);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(place.withSecrets())) {
      Intake intake = Intake.of(place, storeArguments.options(quarantine), console);
      intake.requirePosts(place, quarantine.count());
      return quarantine.finish(console, new Classifying(this, console).run(place));
    }
  }
}
