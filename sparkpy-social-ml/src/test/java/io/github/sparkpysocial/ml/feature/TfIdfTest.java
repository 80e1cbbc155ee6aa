package io.github.sparkpysocial.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TfIdfTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final List<String> TEXTS =
      List.of(
          "spark streams data",
          "spark spark sql data",
          "coffee and cake",
          "cake with coffee",
          "nothing shared");

  @Test
  void weightsFollowTheFormula() {
    Dataset<Row> tokens = new SocialTokenizer().transform(texts());

    TfIdfModel model = new TfIdf().fit(tokens);

    assertThat(model.vocabulary()).containsExactly("cake", "coffee", "data", "spark");
    double idf = Math.log(6.0 / 3) + 1;
    assertThat(model.idf()).containsExactly(idf, idf, idf, idf);
    Vector second = model.transform(tokens).collectAsList().get(1).getAs("features");
    double data = 1;
    double spark = 1 + Math.log(2);
    double length = Math.sqrt(data * data + spark * spark);
    assertThat(second.toArray())
        .containsExactly(new double[] {0, 0, data / length, spark / length}, within(1e-12));
    Vector last = model.transform(tokens).collectAsList().get(4).getAs("features");
    assertThat(last.numNonzeros()).isZero();
  }

  @Test
  void choicesAreFollowed() {
    Dataset<Row> tokens = new SocialTokenizer().transform(texts());

    assertThat(new TfIdf().setMinDF(1).setVocabSize(3).fit(tokens).vocabulary())
        .containsExactly("cake", "coffee", "data");
    assertThat(new TfIdf().setMaxDF(0.3).fit(tokens).vocabulary()).isEmpty();
    Vector second =
        new TfIdf()
            .setSublinearTF(false)
            .fit(tokens)
            .transform(tokens)
            .collectAsList()
            .get(1)
            .getAs("features");
    assertThat(second.apply(3) / second.apply(2)).isEqualTo(2, within(1e-12));
  }

  @Test
  void theLatentSpaceBringsPostsOfOneTopicTogether() {
    Dataset<Row> features = features();

    LatentSemanticsModel model = new LatentSemantics().setDimensions(2).fit(features);

    List<Row> rows = model.transform(features).collectAsList();
    assertThat(cosine(rows, 0, 1)).isEqualTo(1, within(1e-9));
    assertThat(cosine(rows, 2, 3)).isEqualTo(1, within(1e-9));
    assertThat(cosine(rows, 0, 2)).isEqualTo(0, within(1e-9));
    assertThat(rows.get(4).<Vector>getAs("latent").numNonzeros()).isZero();
    assertThat(model.singularValues()).hasSize(2);
    assertThat(new LatentSemantics().setDimensions(50).fit(features).singularValues())
        .hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void aPipelineIsSavedAndLoaded(@TempDir Path directory) throws Exception {
    PipelineModel fitted =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SocialTokenizer().setSplitHashtags(true),
                  new TfIdf().setSublinearTF(false),
                  new LatentSemantics().setDimensions(2)
                })
            .fit(texts());

    fitted.save(directory.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("model").toString());

    assertThat(loaded.transform(texts()).collectAsList())
        .isEqualTo(fitted.transform(texts()).collectAsList());
    assertThat(
            (Boolean)
                ((SocialTokenizer) loaded.stages()[0])
                    .getOrDefault(((SocialTokenizer) loaded.stages()[0]).splitHashtags()))
        .isTrue();
    Pipeline estimators = new Pipeline().setStages(new PipelineStage[] {new TfIdf().setMinDF(3)});
    estimators.save(directory.resolve("estimators").toString());
    assertThat(
            ((TfIdf) Pipeline.load(directory.resolve("estimators").toString()).getStages()[0])
                .explainParams())
        .contains("minDF: in how many posts a term must occur (default: 2, current: 3)");
  }

  private static double cosine(List<Row> rows, int a, int b) {
    return rows.get(a).<Vector>getAs("latent").dot(rows.get(b).<Vector>getAs("latent"));
  }

  private static Dataset<Row> features() {
    Dataset<Row> tokens = new SocialTokenizer().transform(texts());
    return new TfIdf().fit(tokens).transform(tokens);
  }

  private static Dataset<Row> texts() {
    return SPARK.session().createDataset(TEXTS, Encoders.STRING()).toDF("text").coalesce(1);
  }
}
