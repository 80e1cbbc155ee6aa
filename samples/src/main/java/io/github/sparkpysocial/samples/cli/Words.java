package io.github.sparkpysocial.samples.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.length;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.ml.frame.FrameOptions;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What {@link WordCloudCommand} asks of Spark. */
final class Words {
  private static final int SHORTEST = 2;

  private final Console console;

  Words(Console console) {
    this.console = console;
  }

  /** Counts the words of different texts, without stop words of any language. */
  List<WeightedTerm> mostFrequent(PlaceUri place, FrameOptions options, int most)
      throws IOException {
    console.progress(() -> "starting Spark");
    try (SparkSession spark = SparkSessions.local()) {
      console.progress(() -> "counting words");
      Dataset<Row> texts =
          Frames.of(spark, place, RecordKind.POST, options).select("text").distinct();
      Object[] stopWords = StopWords.of(StopWords.languages()).toArray();
      return new SocialTokenizer()
              .setInputCol("text")
              .setOutputCol("tokens")
              .setSplitHashtags(false)
              .transform(texts)
              .select(explode(col("tokens")).as("word"))
              .where(length(col("word")).geq(SHORTEST))
              .where(org.apache.spark.sql.functions.not(col("word").isin(stopWords)))
              .groupBy("word")
              .agg(count("*").as("n"))
              .orderBy(col("n").desc(), col("word"))
              .limit(most)
              .collectAsList()
              .stream()
              .map(row -> WeightedTerm.counted(row.getString(0), row.getLong(1)))
              .toList();
    }
  }
}
