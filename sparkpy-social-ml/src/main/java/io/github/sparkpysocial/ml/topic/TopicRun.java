package io.github.sparkpysocial.ml.topic;

import static io.github.sparkpysocial.ml.topic.TopicModelling.COUNTS;
import static io.github.sparkpysocial.ml.topic.TopicModelling.TEXT;
import static io.github.sparkpysocial.ml.topic.TopicModelling.TOKENS;
import static io.github.sparkpysocial.ml.topic.TopicModelling.UNSIGNED;
import static io.github.sparkpysocial.ml.topic.TopicModelling.WORDS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.ml.internal.DataWindow;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.clustering.DistributedLDAModel;
import org.apache.spark.ml.clustering.LDA;
import org.apache.spark.ml.clustering.LDAModel;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StopWordsRemover;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** One fit of a {@link TopicModelling}, from posts to model. */
final class TopicRun {
  private static final String ID = "__id";
  private static final String SAME = "__same";
  private static final int MOST_TERMS = 20_000;

  private final TopicModelling settings;

  TopicRun(TopicModelling settings) {
    this.settings = settings;
  }

  TopicModel fit(Dataset<Row> posts) {
    PipelineModel words = words(posts);
    UDF1<@Nullable String, String> fingerprint =
        text -> text == null ? "" : SocialTokenizer.fingerprint(text);
    Dataset<Row> prepared =
        words
            .transform(
                posts.select(
                    coalesce(col(TopicModelling.quoted(settings.idCol)).cast("string"), lit(""))
                        .as(ID),
                    col(TopicModelling.quoted(settings.textCol)).as(TEXT)))
            .withColumn(
                SAME,
                org.apache
                    .spark
                    .sql
                    .functions
                    .udf(fingerprint, DataTypes.StringType)
                    .apply(col(TEXT)));
    Dataset<Row> distinct =
        prepared
            .where(org.apache.spark.sql.functions.size(col(WORDS)).gt(0))
            .groupBy(SAME)
            .agg(min(struct(col(ID), col(TEXT), col(WORDS))).as("first"))
            .select("first.*")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return fit(DataWindow.of(posts, DataWindow.CREATED_AT), distinct, words);
    } finally {
      distinct.unpersist(false);
    }
  }

  private PipelineModel words(Dataset<Row> posts) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new SocialTokenizer().setInputCol(TEXT).setOutputCol(TOKENS),
              new SQLTransformer()
                  .setStatement(
                      "SELECT *, filter("
                          + TOKENS
                          + ", token -> NOT (token RLIKE '^[#@$].')) AS "
                          + UNSIGNED
                          + " FROM __THIS__"),
              new StopWordsRemover()
                  .setInputCol(UNSIGNED)
                  .setOutputCol(WORDS)
                  .setCaseSensitive(true)
                  .setStopWords(StopWords.of(settings.languages).toArray(new String[0]))
            })
        .fit(posts.select(col(TopicModelling.quoted(settings.textCol)).as(TEXT)));
  }

  private TopicModel fit(DataWindow posts, Dataset<Row> distinct, PipelineModel words) {
    long texts = distinct.count();
    if (texts == 0) {
      throw new IllegalArgumentException(
          "There is nothing to find topics in: no post has a word that is not a stop word");
    }
    int partitions =
        (int)
            Math.min(
                200,
                (texts + TopicModelling.TEXTS_PER_PARTITION - 1)
                    / TopicModelling.TEXTS_PER_PARTITION);
    Dataset<Row> sorted =
        distinct.repartition(partitions, col(ID)).sortWithinPartitions(col(ID), col(TEXT));
    CountVectorizerModel counts =
        new CountVectorizer()
            .setInputCol(WORDS)
            .setOutputCol(COUNTS)
            .setMinDF(settings.minDocFreq)
            .setVocabSize(MOST_TERMS)
            .fit(sorted);
    if (counts.vocabulary().length == 0) {
      throw new IllegalArgumentException(
          "There is nothing to find topics in: no word occurs in "
              + settings.minDocFreq
              + " different texts; set minDocFreq(1) for so few posts");
    }
    // Words of equal frequency come in any order; the model's numbers must not depend on that.
    counts = sortedByName(counts);
    UDF1<org.apache.spark.ml.linalg.Vector, Boolean> known = v -> v.numNonzeros() > 0;
    Dataset<Row> corpus =
        counts
            .transform(sorted)
            .where(
                org.apache.spark.sql.functions.udf(known, DataTypes.BooleanType).apply(col(COUNTS)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return describe(posts, corpus, words, counts);
    } finally {
      corpus.unpersist(false);
    }
  }

  private static CountVectorizerModel sortedByName(CountVectorizerModel counts) {
    String[] vocabulary = counts.vocabulary().clone();
    java.util.Arrays.sort(vocabulary);
    return new CountVectorizerModel(vocabulary).setInputCol(WORDS).setOutputCol(COUNTS);
  }

  private LDAModel learn(Dataset<Row> corpus, long seed) {
    return new LDA()
        .setFeaturesCol(COUNTS)
        .setK(settings.k)
        .setMaxIter(settings.maxIter)
        .setSeed(seed)
        .setOptimizer(settings.optimizer.name().toLowerCase(Locale.ROOT))
        .fit(corpus);
  }

  private TopicModel describe(
      DataWindow posts, Dataset<Row> corpus, PipelineModel words, CountVectorizerModel counts) {
    LDAModel model = learn(corpus, settings.seed);
    List<List<Integer>> top = TopTerms.of(probabilities(model));
    List<List<List<Integer>>> others = new ArrayList<>();
    for (int i = 1; i < settings.seeds; i++) {
      others.add(TopTerms.of(probabilities(learn(corpus, settings.seed + i))));
    }
    Coherence coherence = Coherence.of(corpus.select(COUNTS), COUNTS, top);
    Dataset<Row> mixed =
        model
            .transform(corpus)
            .select(
                col(ID),
                col(TEXT),
                functions.vector_to_array(col("topicDistribution"), "float64").as("d"));
    double[] shares = shares(mixed);
    Map<Integer, List<CentralPost>> exemplars = exemplars(mixed);
    List<TopicCard> cards =
        new TopicCards(settings, counts.vocabulary(), probabilities(model), shares)
            .of(coherence, exemplars);
    TopicReport report =
        new TopicReport(
            settings.k,
            settings.seed,
            posts.rows(),
            corpus.count(),
            counts.vocabulary().length,
            cards.stream().mapToDouble(TopicCard::coherence).average().orElse(0),
            others.isEmpty() ? null : TopTerms.stability(top, others),
            model.logPerplexity(corpus),
            cards);
    List<Transformer> stages = new ArrayList<>(List.of(words.stages()));
    stages.add(counts);
    stages.add(withoutTexts(model));
    return new TopicModel(
        settings.textCol,
        new PipelineModel("topics", stages.toArray(new Transformer[0])),
        report,
        card(report, posts, corpus.sparkSession().version()));
  }

  /** A model that was learnt from a graph keeps it, unless it is made local. */
  private LDAModel withoutTexts(LDAModel model) {
    return model instanceof DistributedLDAModel graph
        ? graph.toLocal().setFeaturesCol(COUNTS).setSeed(settings.seed)
        : model;
  }

  private ModelCard card(TopicReport report, DataWindow window, String sparkVersion) {
    Map<String, Double> metrics = new HashMap<>();
    metrics.put("coherence", report.coherence());
    metrics.put("logPerplexity", report.logPerplexity());
    if (report.stability() != null) {
      metrics.put("stability", report.stability());
    }
    return new ModelCard(
        settings.source,
        window.from(),
        window.to(),
        window.rows(),
        settings.seed,
        Map.of(
            "k", String.valueOf(settings.k),
            "optimizer", settings.optimizer.name(),
            "maxIter", String.valueOf(settings.maxIter),
            "minDocFreq", String.valueOf(settings.minDocFreq),
            "languages", settings.languages.toString()),
        metrics,
        ModelCard.versions(sparkVersion));
  }

  /** Returns the probability of each term, for each topic. */
  private static double[][] probabilities(LDAModel model) {
    Matrix matrix = model.topicsMatrix(); // terms by topics
    double[][] phi = new double[matrix.numCols()][matrix.numRows()];
    for (int topic = 0; topic < phi.length; topic++) {
      double sum = 0;
      for (int term = 0; term < phi[topic].length; term++) {
        phi[topic][term] = Math.max(matrix.apply(term, topic), Double.MIN_NORMAL);
        sum += phi[topic][term];
      }
      for (int term = 0; term < phi[topic].length; term++) {
        phi[topic][term] /= sum;
      }
    }
    return phi;
  }

  private double[] shares(Dataset<Row> mixed) {
    double[] shares = new double[settings.k];
    mixed
        .selectExpr("posexplode(d) AS (topic, p)")
        .groupBy("topic")
        .avg("p")
        .collectAsList()
        .forEach(row -> shares[row.getInt(0)] = row.getDouble(1));
    return shares;
  }

  private Map<Integer, List<CentralPost>> exemplars(Dataset<Row> mixed) {
    Dataset<Row> likeliest =
        mixed.selectExpr(ID, TEXT, "array_max(d) AS p", "array_position(d, array_max(d)) - 1 AS t");
    Map<Integer, List<CentralPost>> exemplars = new HashMap<>();
    likeliest
        .withColumn(
            "rank",
            row_number().over(Window.partitionBy("t").orderBy(col("p").desc(), col(ID), col(TEXT))))
        .where(col("rank").leq(settings.postsPerTopic))
        .orderBy("t", "rank")
        .select(col("t").cast("int"), col(ID), col(TEXT), col("p"))
        .collectAsList()
        .forEach(
            row ->
                exemplars
                    .computeIfAbsent(row.getInt(0), topic -> new ArrayList<>())
                    .add(new CentralPost(row.getString(1), row.getString(2), row.getDouble(3))));
    return exemplars;
  }
}
