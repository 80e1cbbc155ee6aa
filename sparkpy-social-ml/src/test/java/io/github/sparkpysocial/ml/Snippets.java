package io.github.sparkpysocial.ml;

import io.github.sparkpysocial.ml.classify.Candidate;
import io.github.sparkpysocial.ml.classify.HardPost;
import io.github.sparkpysocial.ml.classify.Learner;
import io.github.sparkpysocial.ml.classify.TextClassification;
import io.github.sparkpysocial.ml.classify.TextClassificationModel;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Profile;
import io.github.sparkpysocial.ml.feature.LatentSemantics;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.frequent.FrequentHashtags;
import io.github.sparkpysocial.ml.frequent.Rule;
import io.github.sparkpysocial.ml.network.NetworkMeasures;
import io.github.sparkpysocial.ml.network.PeopleNetwork;
import io.github.sparkpysocial.ml.recommend.Preferences;
import io.github.sparkpysocial.ml.recommend.Recommendation;
import io.github.sparkpysocial.ml.recommend.RecommendationModel;
import io.github.sparkpysocial.ml.regress.PostFeatures;
import io.github.sparkpysocial.ml.regress.Regression;
import io.github.sparkpysocial.ml.regress.RegressionLearner;
import io.github.sparkpysocial.ml.regress.RegressionModel;
import io.github.sparkpysocial.ml.regress.RegressionReport;
import io.github.sparkpysocial.ml.score.LabelScore;
import io.github.sparkpysocial.ml.score.TextClassifier;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The code of docs/ml.md, word for word between the marks; run by {@link SnippetsTest}. */
final class Snippets {
  private Snippets() {}

  static Dataset<Row> frame(SparkSession spark, String file) {
    // snippet: frame
    Dataset<Row> posts = Frames.of(spark, PlaceUri.parse(file), RecordKind.POST);

    Frames.createViews(spark, PlaceUri.parse(file));
    Dataset<Row> busiest =
        spark.sql("SELECT author_handle, count(*) AS n FROM posts GROUP BY 1 ORDER BY n DESC");
    // end
    busiest.count();
    return posts;
  }

  static Profile explore(Dataset<Row> posts) {
    // snippet: explore
    Profile profile = Explore.of(posts).profile();
    long withoutLanguage = profile.column("language").missing();
    String sql = profile.query();
    // end
    if (withoutLanguage > profile.rows() || sql.isEmpty()) {
      throw new AssertionError("a profile counts no more than the rows");
    }
    return profile;
  }

  static Agreement cluster(Dataset<Row> posts, Consumer<String> out) {
    // snippet: cluster
    TextClusteringModel model = TextClustering.builder(4).seed(42).build().fit(posts);
    for (ClusterCard card : model.report().clusters()) {
      out.accept(card.cluster() + ": " + card.size() + " posts, " + card.terms().get(0).term());
    }

    Dataset<Row> labelled = Frames.withRawColumn(posts, "label");
    Agreement agreement = Agreement.of(model.transform(labelled), "label", "prediction");
    // end
    return agreement;
  }

  static TextClassificationModel classify(Dataset<Row> posts, Dataset<Row> others) {
    // snippet: classify
    TextClassificationModel model =
        TextClassification.builder("label")
            .folds(Folds.keeping(5, 42, Folds.Together.TEXT, Folds.Together.AUTHOR))
            .build()
            .fit(posts);
    double f1 = model.report().scores().macroF1();
    List<HardPost> doubtful = model.report().hardest();
    Dataset<Row> judged = model.transform(others).where("confidence > 0.9");
    // end
    if (f1 > 1 || doubtful.size() > judged.count() + model.report().posts()) {
      throw new AssertionError("no score is above one, no post is wrong twice");
    }
    return model;
  }

  static LabelScore save(Dataset<Row> posts, Path directory) throws IOException {
    // snippet: save
    TextClassificationModel model =
        TextClassification.sentiment("label")
            .learner(Learner.linearSvm(), Learner.logisticRegression(), Learner.naiveBayes())
            .source("posts.csv")
            .build()
            .fit(posts);
    List<Candidate> tried = model.report().candidates();
    model.save(directory);

    TextClassifier service = TextClassifier.load(directory); // needs no Spark
    LabelScore score = service.score("not bad at all :-)");
    // end
    if (tried.size() != 6) {
      throw new AssertionError("three learners, with and without pairs of words");
    }
    return score;
  }

  static RegressionReport regress(Dataset<Row> posts) {
    // snippet: regress
    RegressionModel model =
        Regression.engagement("likes")
            .learner(RegressionLearner.linear(), RegressionLearner.randomForest())
            .folds(Folds.inTime(5))
            .build()
            .fit(PostFeatures.add(posts));
    double gain = model.report().gain();
    // end
    if (gain > 1) {
      throw new AssertionError("no more than all of the error can be gone");
    }
    return model.report();
  }

  static Dataset<Row> recommend(Dataset<Row> interactions, Dataset<Row> people) {
    // snippet: recommend
    RecommendationModel model =
        Recommendation.implicit().k(10).build().fit(Preferences.repositories(interactions));
    double better = model.report().scores().ndcg() - model.report().popular().ndcg();
    Dataset<Row> lists = model.recommend(people, 10);
    // end
    if (better > 1) {
      throw new AssertionError("gains are from 0 to 1");
    }
    return lists;
  }

  static List<Rule> hashtags(Dataset<Row> posts) {
    // snippet: hashtags
    FrequentHashtags found =
        FrequentHashtags.builder().minSupport(0.01).minConfidence(0.5).find(posts);
    List<Rule> rules = found.rules();
    // end
    return rules;
  }

  static void network(Dataset<Row> posts, Dataset<Row> interactions, Consumer<String> out) {
    // snippet: network
    PeopleNetwork network = PeopleNetwork.builder().posts(posts).interactions(interactions).build();
    try (NetworkMeasures measures = network.measure()) {
      measures.influencers(10).forEach(each -> out.accept(each.name()));
      out.accept(measures.report().modularity() + " is the modularity");
      out.accept(measures.picture(200).nodes().size() + " nodes to draw");
    }
    // end
  }

  static PipelineModel features(Dataset<Row> posts) {
    // snippet: features
    Pipeline features =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SocialTokenizer().setSplitHashtags(true),
                  new TfIdf().setMinDF(2),
                  new LatentSemantics().setDimensions(20)
                });
    PipelineModel fitted = features.fit(posts);
    // end
    return fitted;
  }
}
