package io.github.sparkpysocial.samples;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows come to the driver in few places, and each knows how many at most. */
@AnalyzeClasses(
    packages = "io.github.sparkpysocial",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DriverRowsTest {
  private static final String ROOT = "io.github.sparkpysocial.";

  /**
   * Who may, and what bounds it. Names without the root; what is nested counts as what is around.
   */
  private static final Map<String, String> BOUNDS =
      Map.ofEntries(
          Map.entry("ml.evaluate.Agreement", "pairs of label and cluster, at most a constant"),
          Map.entry("ml.evaluate.ClassificationScores", "pairs of labels, at most a constant"),
          Map.entry("ml.frame.Frames", "a report of each task; a row of each kind of record"),
          Map.entry("ml.feature.TfIdf", "terms, at most the size of the vocabulary"),
          Map.entry(
              "ml.feature.LatentSemanticsModel",
              "a saved model, which fits the driver that made it"),
          Map.entry("ml.feature.TfIdfModel", "a saved model"),
          Map.entry("ml.classify.Judgement", "a row of each bin; as many hard posts as asked for"),
          Map.entry("ml.classify.ClassificationRun", "two rows"),
          Map.entry("ml.classify.Learning", "labels, at most a constant"),
          Map.entry("ml.classify.LinearSvm", "labels, at most a constant"),
          Map.entry("ml.classify.LinearSvmModel", "a saved model"),
          Map.entry("ml.network.Betweenness", "refuses a network with more edges than a constant"),
          Map.entry(
              "ml.network.NetworkMeasures",
              "as many vertices as asked for, and the edges among them"),
          Map.entry("ml.frequent.FrequentHashtags", "as many rules as asked for"),
          Map.entry("ml.project.ProjectionRun", "a sample of a constant size"),
          Map.entry("ml.topic.TopicRun", "a row of each topic; as many posts of each as asked for"),
          Map.entry("ml.explore.Explore", "as many rows or values as asked for"),
          Map.entry("ml.explore.Profiler", "one row"),
          Map.entry("ml.cluster.KMeansStarts", "a start of each seed; a sample of a constant size"),
          Map.entry(
              "ml.cluster.MllibClusters",
              "a row of each dimension of each centre; power iteration takes a constant of texts"),
          Map.entry("ml.cluster.StreamingVectors", "one row; as many as there are clusters"),
          Map.entry("streaming.alert.AlertSink", "alerts, a partition at a time"),
          Map.entry("streaming.view.LambdaView", "what is asked for by key and time"),
          Map.entry("streaming.view.ViewDifference", "a row of each way to differ; some examples"),
          Map.entry("samples.trend.Answers", "top lists, each with a limit"),
          Map.entry("samples.trend.LiveBoard", "top lists and the newest posts, each with a limit"),
          Map.entry("samples.trend.People", "leaders, each with a limit, and the ties among them"),
          Map.entry("samples.trend.Subjects", "some posts of each cluster"),
          Map.entry("samples.cli.TopCounts", "a top list of each of some windows"),
          Map.entry("samples.cli.Labels", "one row"),
          Map.entry("samples.cli.RecommendCommand", "as many as asked for"),
          Map.entry("samples.cli.Assignments", "all posts, a partition at a time, into one file"),
          Map.entry("samples.cli.Exploration", "as many as asked for"),
          Map.entry("samples.bench.ScaleBench", "top lists"));

  private static final DescribedPredicate<JavaCall<?>> BRINGS_ROWS =
      target(nameMatching("collect|collectAsList|collectAsMap|toLocalIterator|collectPartitions"))
          .and(
              target(
                  owner(
                      DescribedPredicate.describe(
                          "of Spark",
                          (JavaClass type) ->
                              type.getName().startsWith("org.apache.spark.sql.Dataset")
                                  || type.getName().startsWith("org.apache.spark.sql.classic.")
                                  || type.getName().startsWith("org.apache.spark.rdd.")
                                  || type.getName().startsWith("org.apache.spark.api.java.")))))
          .as("bring rows to the driver");

  @ArchTest
  static void rowsComeToTheDriverOnlyWhereTheirNumberIsBounded(JavaClasses house) {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "ml..", ROOT + "streaming..", ROOT + "samples.trend..", ROOT + "samples.cli..")
        .and(
            DescribedPredicate.describe(
                "have no bound in this test", type -> !BOUNDS.containsKey(name(type))))
        .should()
        .callMethodWhere(BRINGS_ROWS)
        .because(
            "what grows with the posts does not fit the driver; write it, aggregate it or limit it,"
                + " then name the bound in this test")
        .check(house);
  }

  @ArchTest
  static void noBoundIsLeftOver(JavaClasses house) {
    Set<String> callers =
        house.stream()
            .filter(type -> type.getMethodCallsFromSelf().stream().anyMatch(BRINGS_ROWS))
            .map(DriverRowsTest::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(callers).containsAll(BOUNDS.keySet());
  }

  private static String name(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "").substring(ROOT.length());
  }
}
