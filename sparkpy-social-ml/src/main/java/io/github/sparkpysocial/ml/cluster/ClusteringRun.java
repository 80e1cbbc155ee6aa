package io.github.sparkpysocial.ml.cluster;

import static io.github.sparkpysocial.ml.cluster.TextClusteringModel.FEATURES;
import static io.github.sparkpysocial.ml.cluster.TextClusteringModel.LATENT;
import static io.github.sparkpysocial.ml.cluster.TextClusteringModel.TEXT;
import static io.github.sparkpysocial.ml.cluster.TextClusteringModel.TOKENS;
import static io.github.sparkpysocial.ml.cluster.TextClusteringModel.WORDS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import io.github.sparkpysocial.ml.feature.LatentSemantics;
import io.github.sparkpysocial.ml.feature.LatentSemanticsModel;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.feature.TfIdfModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.StopWordsRemover;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** One fit of a {@link TextClustering}, from posts to model. */
final class ClusteringRun {
  private static final String ID = "__id";
  private static final String SAME = "__same";
  private static final String LANGUAGE = "__language";
  private static final String POSTS = "__posts";
  private static final String CLUSTER = "__cluster";
  private static final String COSINE = "__cosine";

  /** How many times more posts than a card shows are looked at, since some repeat each other. */
  private static final int CANDIDATES = 5;

  /** Bounds what a pass brings to the driver: the sums of each partition. */
  private static final int MOST_PARTITIONS = 200;

  private final TextClustering settings;

  ClusteringRun(TextClustering settings) {
    this.settings = settings;
  }

  TextClusteringModel fit(Dataset<Row> posts) {
    SocialTokenizer tokenizer = new SocialTokenizer().setInputCol(TEXT).setOutputCol(TOKENS);
    UDF1<@Nullable String, String> fingerprint =
        text -> text == null ? "" : SocialTokenizer.fingerprint(text);
    Column language =
        List.of(posts.columns()).contains("language")
            ? col("language").cast("string")
            : lit(null).cast("string");
    Dataset<Row> prepared =
        tokenizer
            .transform(
                posts.select(
                    coalesce(col(quoted(settings.idCol)).cast("string"), lit("")).as(ID),
                    col(quoted(settings.textCol)).as(TEXT),
                    language.as(LANGUAGE)))
            .withColumn(SAME, functions.udf(fingerprint, DataTypes.StringType).apply(col(TEXT)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      StopWordsRemover stopWords =
          new StopWordsRemover()
              .setInputCol(TOKENS)
              .setOutputCol(WORDS)
              .setCaseSensitive(true)
              .setStopWords(StopWords.of(languages(prepared)).toArray(new String[0]));
      return fit(prepared, tokenizer, stopWords);
    } finally {
      prepared.unpersist(false);
    }
  }

  /** Those that were set, or else English and each language that one post in a hundred is in. */
  private List<String> languages(Dataset<Row> prepared) {
    if (settings.languages != null) {
      return settings.languages;
    }
    Map<String, Long> counts = new TreeMap<>();
    for (Row row :
        prepared
            .groupBy(functions.lower(functions.substring_index(col(LANGUAGE), "-", 1)).as(LANGUAGE))
            .count()
            .where(col(LANGUAGE).isin(StopWords.languages().toArray()))
            .collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    long known = counts.values().stream().mapToLong(Long::longValue).sum();
    List<String> languages = new ArrayList<>(List.of("en"));
    counts.forEach(
        (language, count) -> {
          if (count * 100 >= known && !language.equals("en")) {
            languages.add(language);
          }
        });
    return languages;
  }

  private TextClusteringModel fit(
      Dataset<Row> prepared, SocialTokenizer tokenizer, StopWordsRemover stopWords) {
    Dataset<Row> distinct =
        stopWords
            .transform(prepared)
            .where(functions.size(col(WORDS)).gt(0))
            .groupBy(SAME)
            .agg(min(struct(col(ID), col(TEXT), col(WORDS))).as("first"))
            .select("first.*");
    long distinctTexts = distinct.count();
    if (distinctTexts == 0) {
      throw new IllegalArgumentException(
          "There is nothing to cluster: no post has a word that is not a stop word");
    }
    if (distinctTexts < settings.k) {
      throw new IllegalArgumentException(
          "k is "
              + settings.k
              + ", but only "
              + distinctTexts
              + " posts differ in their words; choose a k of at most "
              + distinctTexts);
    }
    int partitions =
        (int)
            Math.min(
                MOST_PARTITIONS,
                (distinctTexts + TextClustering.TEXTS_PER_PARTITION - 1)
                    / TextClustering.TEXTS_PER_PARTITION);
    Dataset<Row> corpus =
        distinct
            .repartition(partitions, col(ID))
            .sortWithinPartitions(col(ID), col(TEXT))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return fit(prepared, corpus, tokenizer, stopWords);
    } finally {
      corpus.unpersist(false);
    }
  }

  private TextClusteringModel fit(
      Dataset<Row> prepared,
      Dataset<Row> corpus,
      SocialTokenizer tokenizer,
      StopWordsRemover stopWords) {
    TfIdfModel tfIdf =
        new TfIdf()
            .setInputCol(WORDS)
            .setOutputCol(FEATURES)
            .setMinDF(settings.minDocFreq)
            .fit(corpus);
    if (tfIdf.vocabulary().isEmpty()) {
      throw new IllegalArgumentException(
          "There is nothing to cluster: no word occurs in "
              + settings.minDocFreq
              + " different texts; set minDocFreq(1) for so few posts");
    }
    Dataset<Row> weighed = tfIdf.transform(corpus);
    LatentSemanticsModel latent =
        new LatentSemantics()
            .setInputCol(FEATURES)
            .setOutputCol(LATENT)
            .setDimensions(2 * settings.k)
            .fit(weighed);
    UDF1<Vector, Boolean> saysSomething = vector -> vector.numNonzeros() > 0;
    Dataset<Row> points =
        latent
            .transform(weighed)
            .where(functions.udf(saysSomething, DataTypes.BooleanType).apply(col(LATENT)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      PipelineModel features =
          new PipelineModel(
              "textFeatures", new Transformer[] {tokenizer, stopWords, tfIdf, latent});
      return cluster(prepared, points, features, tfIdf, latent);
    } finally {
      points.unpersist(false);
    }
  }

  private TextClusteringModel cluster(
      Dataset<Row> prepared,
      Dataset<Row> points,
      PipelineModel features,
      TfIdfModel tfIdf,
      LatentSemanticsModel latent) {
    KMeansStarts.Solution best = starts(points);
    Vector[] centres = best.centres().stream().map(Vectors::dense).toArray(Vector[]::new);
    Map<Integer, Long> sizes = new HashMap<>();
    features
        .transform(prepared.select(col(TEXT)))
        .select(TextClusteringModel.nearest(centres).apply(col(LATENT)).as(CLUSTER))
        .groupBy(CLUSTER)
        .count()
        .collectAsList()
        .forEach(row -> sizes.put(row.getInt(0), row.getLong(1)));
    Integer[] order =
        IntStream.range(0, centres.length)
            .boxed()
            .sorted(Comparator.comparing((Integer c) -> -sizes.getOrDefault(c, 0L)))
            .toArray(Integer[]::new);
    Vector[] sorted = new Vector[centres.length];
    Map<Integer, Long> sortedSizes = new HashMap<>();
    for (int i = 0; i < order.length; i++) {
      sorted[i] = centres[order[i]];
      sortedSizes.put(i, sizes.getOrDefault(order[i], 0L));
    }
    Dataset<Row> assigned =
        points
            .withColumn(CLUSTER, TextClusteringModel.nearest(sorted).apply(col(LATENT)))
            .withColumn(COSINE, cosine(sorted).apply(col(LATENT), col(CLUSTER)));
    long posts = sizes.values().stream().mapToLong(Long::longValue).sum();
    ClusteringReport report =
        new ClusteringReport(
            settings.k,
            settings.seed,
            posts,
            sizes.getOrDefault(TextClusteringModel.UNASSIGNED, 0L),
            points.count(),
            tfIdf.vocabulary().size(),
            latent.singularValues().length,
            settings.starts,
            best.iterations(),
            best.cost(),
            sorted.length < 2 ? null : silhouette(assigned),
            Cards.of(settings, assigned, tfIdf.vocabulary(), sortedSizes));
    return new TextClusteringModel(
        settings.textCol, settings.predictionCol, features, sorted, report);
  }

  private KMeansStarts.Solution starts(Dataset<Row> points) {
    JavaRDD<double[][]> blocks =
        points
            .select(LATENT)
            .toJavaRDD()
            .mapPartitions(ClusteringRun::block)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return KMeansStarts.best(
          blocks, settings.k, settings.starts, settings.maxIter, settings.seed);
    } finally {
      blocks.unpersist(false);
    }
  }

  private static Iterator<double[][]> block(Iterator<Row> rows) {
    List<double[]> points = new ArrayList<>();
    rows.forEachRemaining(row -> points.add(row.<Vector>getAs(0).toArray()));
    return List.<double[][]>of(points.toArray(new double[0][])).iterator();
  }

  private static double silhouette(Dataset<Row> assigned) {
    double silhouette =
        new ClusteringEvaluator()
            .setFeaturesCol(LATENT)
            .setPredictionCol(CLUSTER)
            .setDistanceMeasure("cosine")
            .evaluate(assigned);
    return Math.max(-1, Math.min(1, silhouette)); // rounding takes perfect clusters beyond 1
  }

  private static UserDefinedFunction cosine(Vector[] centres) {
    double[][] points = new double[centres.length][];
    for (int c = 0; c < points.length; c++) {
      points[c] = centres[c].toArray();
    }
    UDF2<Vector, Integer, Double> cosine =
        (vector, cluster) -> {
          double product = 0;
          double squares = 0;
          double[] centre = points[cluster];
          for (int i = 0; i < centre.length; i++) {
            product += centre[i] * vector.apply(i);
            squares += centre[i] * centre[i];
          }
          return squares == 0 ? 0 : product / Math.sqrt(squares);
        };
    return functions.udf(cosine, DataTypes.DoubleType);
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** Describes the clusters. */
  private static final class Cards {
    private Cards() {}

    static List<ClusterCard> of(
        TextClustering settings,
        Dataset<Row> assigned,
        List<String> vocabulary,
        Map<Integer, Long> sizes) {
      List<Row> summaries =
          assigned
              .groupBy(CLUSTER)
              .agg(
                  Summarizer.metrics("mean", "numNonZeros").summary(col(FEATURES)).as("s"),
                  count(lit(1)).as(POSTS))
              .select(col(CLUSTER), col("s.mean"), col("s.numNonZeros"), col(POSTS))
              .orderBy(CLUSTER)
              .collectAsList();
      double[] all = new double[vocabulary.size()];
      for (Row row : summaries) {
        double[] having = row.<Vector>getAs("numNonZeros").toArray();
        for (int t = 0; t < all.length; t++) {
          all[t] += having[t];
        }
      }
      Map<Integer, List<CentralPost>> central = central(settings, assigned);
      List<ClusterCard> cards = new ArrayList<>();
      for (Row row : summaries) {
        int cluster = row.<Integer>getAs(CLUSTER);
        double[] mean = row.<Vector>getAs("mean").toArray();
        double[] having = row.<Vector>getAs("numNonZeros").toArray();
        cards.add(
            new ClusterCard(
                cluster,
                sizes.getOrDefault(cluster, 0L),
                row.<Long>getAs(POSTS),
                heaviest(vocabulary, mean, settings.termsPerCluster),
                heaviest(vocabulary, logOdds(having, all), settings.termsPerCluster),
                central.getOrDefault(cluster, List.of())));
      }
      return cards;
    }

    /**
     * The z-score of the log-odds ratio between a cluster and the others, with the whole corpus as
     * the prior: Monroe, Colaresi and Quinn 2008, equations 16, 18, 22.
     */
    private static double[] logOdds(double[] cluster, double[] all) {
      double total = 0;
      double inside = 0;
      for (int t = 0; t < all.length; t++) {
        total += all[t];
        inside += cluster[t];
      }
      double[] z = new double[all.length];
      for (int t = 0; t < all.length; t++) {
        double in = cluster[t] + all[t];
        double out = all[t] - cluster[t] + all[t];
        double delta =
            Math.log(in / (inside + total - in)) - Math.log(out / (total - inside + total - out));
        z[t] = delta / Math.sqrt(1 / in + 1 / out);
      }
      return z;
    }

    /**
     * The terms of the largest positive weights; of spellings with and without sign the heavier.
     */
    private static List<WeightedTerm> heaviest(
        List<String> vocabulary, double[] weights, int most) {
      List<Integer> order =
          IntStream.range(0, weights.length)
              .filter(t -> weights[t] > 0)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer t) -> -weights[t]).thenComparing(t -> t))
              .toList();
      Map<String, WeightedTerm> terms = new java.util.LinkedHashMap<>();
      for (int t : order) {
        String term = vocabulary.get(t);
        terms.putIfAbsent(unsigned(term), new WeightedTerm(term, weights[t]));
        if (terms.size() == most) {
          break;
        }
      }
      return List.copyOf(terms.values());
    }

    private static String unsigned(String term) {
      char first = term.charAt(0);
      return term.length() > 1 && (first == '#' || first == '@' || first == '$')
          ? term.substring(1)
          : term;
    }

    private static Map<Integer, List<CentralPost>> central(
        TextClustering settings, Dataset<Row> assigned) {
      List<Row> candidates =
          assigned
              .withColumn(
                  "__rank",
                  row_number()
                      .over(
                          Window.partitionBy(CLUSTER)
                              .orderBy(col(COSINE).desc(), col(ID), col(TEXT))))
              .where(col("__rank").leq(settings.postsPerCluster * CANDIDATES))
              .select(CLUSTER, ID, TEXT, COSINE, WORDS)
              .orderBy(CLUSTER, "__rank")
              .collectAsList();
      Map<Integer, List<CentralPost>> central = new HashMap<>();
      Map<Integer, List<java.util.Set<String>>> chosen = new HashMap<>();
      for (Row row : candidates) {
        int cluster = row.getInt(0);
        List<CentralPost> posts = central.computeIfAbsent(cluster, c -> new ArrayList<>());
        List<java.util.Set<String>> words = chosen.computeIfAbsent(cluster, c -> new ArrayList<>());
        java.util.Set<String> own = new java.util.HashSet<>(row.<String>getList(4));
        if (posts.size() < settings.postsPerCluster
            && words.stream().noneMatch(other -> nearlyTheSame(own, other))) {
          posts.add(new CentralPost(row.getString(1), row.getString(2), row.getDouble(3)));
          words.add(own);
        }
      }
      return central;
    }

    /** Whether two texts share at least two thirds of their words. */
    private static boolean nearlyTheSame(java.util.Set<String> a, java.util.Set<String> b) {
      long shared = a.stream().filter(b::contains).count();
      return shared * 3 >= (a.size() + b.size() - shared) * 2;
    }
  }
}
