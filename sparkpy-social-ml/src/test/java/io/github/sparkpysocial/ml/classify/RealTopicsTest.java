package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** 3,424 tweets on four brands, each labelled with its brand by people. */
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets them
class RealTopicsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Path FILE =
      Path.of(System.getProperty("sparkpy.data", "../shared/data"), "labelled/topics_sanders4.csv");

  private static final Folds FOLDS = Folds.keeping(5, 42, Folds.Together.TEXT);

  private static Dataset<Row> posts;
  private static ClassificationReport report;

  @BeforeAll
  static void learn() {
    assumeTrue(Files.exists(FILE), "not run: there is no " + FILE + " (set -Dsparkpy.data)");
    posts =
        Frames.withRawColumn(
            Frames.of(SPARK.session(), PlaceUri.parse(FILE.toString()), RecordKind.POST), "label");
    report = TextClassification.builder("label").folds(FOLDS).build().fit(posts).report();
  }

  @Test
  void tellsTheBrands() {
    assertThat(report.posts()).isEqualTo(3_424);
    assertThat(report.scores().count()).isEqualTo(3_424);
    assertThat(report.scores().macroF1()).isGreaterThan(0.993);
    assertThat(report.calibration().error()).isLessThan(0.02);
    assertThat(report.telling())
        .allMatch(t -> t.terms().get(0).term().replaceFirst("^[@#]", "").equals(t.label()));
    assertThat(report.hardest()).allMatch(post -> !post.label().equals(post.prediction()));
  }

  /** The same folds, learnt from by scikit-learn. */
  @Test
  void isNeverBelowLinearSvcOnTheSameFolds(@TempDir Path directory) throws Exception {
    String python = pythonWithScikitLearn();
    assumeTrue(!python.isEmpty(), "not run: no Python here has scikit-learn");
    Path written = directory.resolve("posts");
    FOLDS
        .assign(new SocialTokenizer().transform(posts))
        .select("text", "tokens", "label", Folds.COLUMN)
        .coalesce(1)
        .write()
        .json(written.toString());
    Path script = directory.resolve("linear_svc.py");
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("linear_svc.py"));
        DirectoryStream<Path> parts = Files.newDirectoryStream(written, "part-*.json")) {
      Files.copy(in, script);
      Process process =
          new ProcessBuilder(python, script.toString(), parts.iterator().next().toString())
              .redirectError(directory.resolve("errors.txt").toFile())
              .start();
      byte[] answer = process.getInputStream().readAllBytes();

      assertThat(process.waitFor())
          .as(() -> "the script: " + textOf(directory.resolve("errors.txt")))
          .isZero();
      JsonNode svc = new ObjectMapper().readTree(answer);
      double ours = report.scores().macroF1();
      System.out.printf(
          "macro-F1 on the same folds: ours %.4f, LinearSVC (scikit-learn %s) on words %.4f, on the"
              + " same tokens %.4f%n",
          ours,
          svc.get("version").asText(),
          svc.get("words").asDouble(),
          svc.get("tokens").asDouble());
      assertThat(ours).isGreaterThanOrEqualTo(svc.get("words").asDouble());
      assertThat(ours).isGreaterThanOrEqualTo(svc.get("tokens").asDouble());
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a Python that has the library, or nothing. */
  private static String pythonWithScikitLearn() throws InterruptedException {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import sklearn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return python;
        }
      } catch (IOException e) {
        // not installed under this name; the next may be
      }
    }
    return "";
  }
}
