package io.github.sparkpysocial.ml;

import io.github.sparkpysocial.ml.classify.Candidate;
import io.github.sparkpysocial.ml.classify.HardPost;
import io.github.sparkpysocial.ml.classify.Learner;
import io.github.sparkpysocial.ml.classify.TextClassification;
import io.github.sparkpysocial.ml.classify.TextClassificationModel;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.ClusterScorer;
import io.github.sparkpysocial.ml.cluster.ClusterSweep;
import io.github.sparkpysocial.ml.cluster.ClusteringAlgorithm;
import io.github.sparkpysocial.ml.cluster.ClusteringReport;
import io.github.sparkpysocial.ml.cluster.StreamingClusters;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Profile;
import io.github.sparkpysocial.ml.feature.LatentSemantics;
import io.github.sparkpysocial.ml.feature.SocialStemmer;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.frequent.FrequentHashtags;
import io.github.sparkpysocial.ml.frequent.Rule;
import io.github.sparkpysocial.ml.network.NetworkMeasures;
import io.github.sparkpysocial.ml.network.PeopleNetwork;
import io.github.sparkpysocial.ml.project.PrincipalComponents;
import io.github.sparkpysocial.ml.project.PrincipalComponentsModel;
import io.github.sparkpysocial.ml.project.ProjectedPoint;
import io.github.sparkpysocial.ml.project.ProjectedPoints;
import io.github.sparkpysocial.ml.project.Projection;
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
import io.github.sparkpysocial.ml.topic.TopicModel;
import io.github.sparkpysocial.ml.topic.TopicModelling;
import io.github.sparkpysocial.ml.topic.TopicReport;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.NGram;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.UnivariateFeatureSelector;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

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
            .learner(Learner.linearSvm(), Learner.naiveBayes())
            .folds(Folds.inTime(2))
            .source("posts.csv")
            .build()
            .fit(posts);
    List<Candidate> tried = model.report().candidates();
    model.save(directory);

    TextClassifier service = TextClassifier.load(directory); // needs no Spark
    LabelScore score = service.score("not bad at all :-)");
    // end
    if (tried.size() != 4) {
      throw new AssertionError("two learners, with and without pairs of words");
    }
    return score;
  }

  static RegressionReport regress(Dataset<Row> posts) {
    // snippet: regress
    RegressionModel model =
        Regression.engagement("likes")
            .learner(RegressionLearner.linear(), RegressionLearner.randomForest())
            .folds(Folds.inTime(2))
            .build()
            .fit(PostFeatures.add(posts));
    double gain = model.report().gain();
    // end
    if (gain > 1) {
      throw new AssertionError("no more than all of the error can be gone");
    }
    return model.report();
  }

  static Dataset<Row> recommend(Dataset<Row> interactions, Dataset<Row> people, URI uri)
      throws IOException {
    // snippet: recommend
    RecommendationModel model =
        Recommendation.implicit().k(10).build().fit(Preferences.repositories(interactions));
    double better = model.report().scores().ndcg() - model.report().popular().ndcg();
    Dataset<Row> lists = model.recommend(people, 10);
    model.save(uri);
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

  static int saved(TextClusteringModel model, Dataset<Row> posts, Path directory)
      throws IOException {
    // snippet: saved
    model.save(directory);

    TextClusteringModel loaded = TextClusteringModel.load(directory); // batches and streams
    Dataset<Row> clustered = loaded.transform(posts);

    ClusterScorer scorer = ClusterScorer.load(directory); // a service, without Spark
    int cluster = scorer.cluster("Loving the new #Spark release");
    // end
    if (clustered.isEmpty()) {
      throw new AssertionError("every post keeps its row");
    }
    return cluster;
  }

  static TextClusteringModel savedAnywhere(SparkSession spark, TextClusteringModel model, URI uri)
      throws IOException {
    // snippet: anywhere
    model.save(spark, uri); // hdfs://…, s3a://…, file:///…
    TextClusteringModel loaded = TextClusteringModel.load(spark, uri);
    // end
    return loaded;
  }

  static StreamingClusters follow(PipelineModel stages, Dataset<Row> stream, Path directory)
      throws Exception {
    // snippet: follow
    StreamingClusters clusters =
        StreamingClusters.builder(4).halfLifeBatches(12).featuresCol("latent").build();
    StreamingQuery query =
        stages
            .transform(stream)
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .foreachBatch((VoidFunction2<Dataset<Row>, Long>) clusters::update)
            .start();
    query.awaitTermination();
    clusters.save(directory);
    // end
    return clusters;
  }

  static PrincipalComponentsModel components(Dataset<Row> features) {
    // snippet: components
    PrincipalComponentsModel components =
        PrincipalComponents.builder(5).featuresCol("latent").build().fit(features);
    List<Double> shares = components.explainedVariance();
    Dataset<Row> reduced = components.transform(features);
    // end
    if (shares.size() > 5 || reduced.isEmpty()) {
      throw new AssertionError("every row keeps its place, on five components at most");
    }
    return components;
  }

  static Dataset<Row> stems(Dataset<Row> posts) {
    // snippet: stems
    Dataset<Row> tokens = new SocialTokenizer().transform(posts);
    Dataset<Row> stems = new SocialStemmer().setDefaultLanguage("en").transform(tokens);
    // end
    return stems;
  }

  static ClusterSweep sweep(Dataset<Row> posts) {
    // snippet: sweep
    ClusterSweep sweep =
        ClusterSweep.of(
            posts.persist(), List.of(2, 4), List.of(1L, 2L), k -> TextClustering.builder(k));
    ClusteringReport bisected =
        TextClustering.builder(4)
            .algorithm(ClusteringAlgorithm.BISECTING_K_MEANS)
            .build()
            .fit(posts)
            .report();
    // end
    if (bisected.k() != 4) {
      throw new AssertionError("the report tells the k that was asked for");
    }
    return sweep;
  }

  static TopicReport topics(Dataset<Row> posts) {
    // snippet: topics
    TopicModel topics = TopicModelling.builder(4).maxIter(20).seed(42).build().fit(posts);
    double coherence = topics.report().coherence();
    Dataset<Row> mixed = topics.transform(posts); // topicDistribution, topic
    // end
    if (coherence > 1 || mixed.isEmpty()) {
      throw new AssertionError("coherence is at most one");
    }
    return topics.report();
  }

  static ProjectedPoints project(Dataset<Row> features, Consumer<String> out) {
    // snippet: project
    ProjectedPoints plane =
        Projection.builder(Projection.Method.MDS).featuresCol("latent").build().points(features);
    for (ProjectedPoint point : plane.points()) {
      out.accept(point.id() + ": " + point.x() + ", " + point.y());
    }
    // end
    return plane;
  }

  static PipelineModel combined(Dataset<Row> labelled) {
    // snippet: combined
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SocialTokenizer(),
                  new NGram().setN(2).setInputCol("tokens").setOutputCol("pairs"),
                  new CountVectorizer().setInputCol("pairs").setOutputCol("counts"),
                  new HashingTF()
                      .setNumFeatures(1 << 12)
                      .setInputCol("tokens")
                      .setOutputCol("hashed"),
                  new IDF().setInputCol("hashed").setOutputCol("weighed"),
                  new Normalizer().setInputCol("weighed").setOutputCol("unit"),
                  new Word2Vec()
                      .setVectorSize(8)
                      .setMinCount(1)
                      .setInputCol("tokens")
                      .setOutputCol("sense"),
                  new StandardScaler().setInputCol("sense").setOutputCol("scaled"),
                  new VectorAssembler()
                      .setInputCols(new String[] {"unit", "scaled"})
                      .setOutputCol("all"),
                  new UnivariateFeatureSelector()
                      .setFeatureType("categorical")
                      .setLabelType("categorical") // chi-square
                      .setSelectionThreshold(5)
                      .setFeaturesCol("counts")
                      .setLabelCol("number")
                      .setOutputCol("telling")
                });
    PipelineModel fitted = pipeline.fit(labelled);
    // end
    return fitted;
  }
}
