package io.github.sparkpysocial.ml.recommend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparkpysocial.ml.evaluate.RankingScores;
import io.github.sparkpysocial.ml.evaluate.RegressionScores;
import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.DataWindow;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** One fit of a {@link Recommendation}, from preferences to model. */
final class RecommendationRun {
  private static final String TIME = "__time";
  private static final String ASIDE = "__aside";
  private static final String FORETOLD = "__foretold";
  private static final int MILLION = 1_000_000;

  private final Recommendation settings;

  RecommendationRun(Recommendation settings) {
    this.settings = settings;
  }

  RecommendationModel fit(Dataset<Row> preferences) {
    Dataset<Row> pairs = split(pairs(preferences)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long all = pairs.count();
      Dataset<Row> aside = pairs.where(ASIDE);
      long heldOut = aside.count();
      if (heldOut == 0 || heldOut == all) {
        throw new IllegalArgumentException(
            all == 0
                ? "There are no preferences to learn from: no row has '"
                    + settings.userCol
                    + "', '"
                    + settings.itemCol
                    + "' and '"
                    + settings.ratingCol
                    + "'"
                : "Of "
                    + all
                    + " preferences "
                    + heldOut
                    + " would be kept aside to judge by; give more, or choose another heldOut");
      }
      Taste earlier =
          Taste.learn(settings, pairs.where(col(ASIDE).equalTo(false)).drop(ASIDE, TIME));
      Dataset<Row> people = aside.select(Taste.USER).distinct().cache();
      Dataset<Row> relevant =
          aside.groupBy(Taste.USER).agg(collect_list(col(Taste.ITEM)).as("relevant")).cache();
      RankingScores scores =
          scores(RecommendationModel.recommend(earlier, people, settings.k), relevant);
      RankingScores popular = scores(earlier.popular(people, settings.k), relevant);
      RegressionScores ratings = settings.isImplicit ? null : ratings(earlier, aside);
      Taste taste = Taste.learn(settings, pairs.drop(ASIDE, TIME).cache());
      RecommendationReport report =
          new RecommendationReport(
              taste.userCount(),
              taste.itemCount(),
              all,
              heldOut,
              settings.heldOut,
              settings.isImplicit,
              settings.rank,
              settings.seed,
              scores,
              popular,
              ratings);
      return new RecommendationModel(
          settings.userCol,
          settings.itemCol,
          taste,
          report,
          card(report, DataWindow.of(pairs, TIME), taste.spark().version()));
    } finally {
      pairs.unpersist(false);
    }
  }

  private ModelCard card(RecommendationReport report, DataWindow window, String sparkVersion) {
    return new ModelCard(
        settings.source,
        window.from(),
        window.to(),
        report.preferences(),
        settings.seed,
        Map.of(
            "rank", String.valueOf(settings.rank),
            "implicit", String.valueOf(settings.isImplicit),
            "heldOut", settings.heldOut + " " + settings.share),
        Map.of(
            "ndcg", report.scores().ndcg(),
            "map", report.scores().map(),
            "precision", report.scores().precision(),
            "recall", report.scores().recall(),
            "ndcgOfPopular", report.popular().ndcg()),
        ModelCard.versions(sparkVersion));
  }

  /** Returns each pair of person and thing once. */
  private Dataset<Row> pairs(Dataset<Row> preferences) {
    Column rating = Columns.of(settings.ratingCol).cast("double");
    Column time =
        Columns.has(preferences, settings.timeCol)
            ? Columns.of(settings.timeCol)
            : lit(null).cast(DataTypes.TimestampType);
    return preferences
        .select(
            Columns.of(settings.userCol).cast("string").as(Taste.USER),
            Columns.of(settings.itemCol).cast("string").as(Taste.ITEM),
            rating.as(Taste.RATING),
            time.as(TIME))
        .na()
        .drop(new String[] {Taste.USER, Taste.ITEM, Taste.RATING})
        .groupBy(Taste.USER, Taste.ITEM)
        .agg(
            (settings.isImplicit ? sum(Taste.RATING) : avg(Taste.RATING)).as(Taste.RATING),
            max(TIME).as(TIME));
  }

  /** Marks what is kept aside. */
  private Dataset<Row> split(Dataset<Row> pairs) {
    Column aside;
    if (settings.heldOut == HeldOut.RANDOM) {
      aside =
          pmod(xxhash64(lit(settings.seed), col(Taste.USER), col(Taste.ITEM)), lit(MILLION))
              .lt(settings.share * MILLION);
    } else {
      Dataset<Row> times = pairs.select(col(TIME).cast("double").as("t")).na().drop();
      double[] quantile =
          times.stat().approxQuantile("t", new double[] {1 - settings.share}, 0.001);
      if (quantile.length == 0) {
        throw new IllegalArgumentException(
            "No preference has a time in '"
                + settings.timeCol
                + "', so none is the newest; hold out at RANDOM");
      }
      aside =
          org.apache.spark.sql.functions.coalesce(
              col(TIME).cast("double").gt(quantile[0]), lit(false));
    }
    return pairs.withColumn(ASIDE, aside);
  }

  private RankingScores scores(Dataset<Row> lists, Dataset<Row> relevant) {
    Dataset<Row> ordered =
        lists
            .groupBy(Taste.USER)
            .agg(
                sort_array(collect_list(struct(col("rank"), col(Taste.ITEM))))
                    .getField(Taste.ITEM)
                    .as("recommended"));
    return RankingScores.of(
        relevant.join(
            ordered,
            scala.jdk.javaapi.CollectionConverters.asScala(java.util.List.of(Taste.USER)).toSeq(),
            "left"),
        "recommended",
        "relevant",
        settings.k);
  }

  private static @Nullable RegressionScores ratings(Taste earlier, Dataset<Row> aside) {
    Dataset<Row> foretold = earlier.foretold(aside, FORETOLD);
    return foretold.isEmpty() ? null : RegressionScores.of(foretold, Taste.RATING, FORETOLD);
  }
}
