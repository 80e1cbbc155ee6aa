package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.split;

import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * The book's first program: which words longer than three letters are the most frequent in a text,
 * once in RDDs and once in DataFrames, with the bars drawn.
 */
public final class WordCount {
  private static final int LONGER_THAN = 3;
  private static final int TOP = 20;

  /** What is not part of a word; {@code (?U)} knows the letters of all languages. */
  private static final String NO_WORD = "(?U)\\W+";

  private WordCount() {}

  /** Counts the words of a text, UTF-8: {@code [FILE [PICTURE]]}. */
  public static void main(String[] args) throws IOException {
    String file = Path.of(args.length == 0 ? "README.md" : args[0]).toUri().toString();
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      inFrames(spark, file).show(TOP);
      List<Tuple2<String, Integer>> top = inRdds(spark, file);
      Exporters.write(bars(top), Path.of(args.length < 2 ? "words.svg" : args[1]));
    }
  }

  /** Returns the most frequent words in RDDs, step by step as the book has it. */
  static List<Tuple2<String, Integer>> inRdds(SparkSession spark, String file) {
    JavaRDD<String> lines = JavaSparkContext.fromSparkContext(spark.sparkContext()).textFile(file);
    System.out.println(lines.count() + " lines");
    System.out.println(lines.map(String::length).fold(0, Integer::sum) + " characters");
    return lines
        .flatMap(line -> Arrays.asList(line.toLowerCase(Locale.ROOT).split(NO_WORD, -1)).iterator())
        .filter(word -> word.length() > LONGER_THAN)
        .mapToPair(word -> new Tuple2<>(word, 1))
        .reduceByKey(Integer::sum)
        .takeOrdered(TOP, new MostFrequent());
  }

  /** Returns the same in DataFrames: {@code word}, {@code count}. */
  static Dataset<Row> inFrames(SparkSession spark, String file) {
    return spark
        .read()
        .text(file)
        .select(explode(split(lower(col("value")), NO_WORD)).as("word"))
        .where(length(col("word")).gt(LONGER_THAN))
        .groupBy("word")
        .count()
        .orderBy(col("count").desc(), col("word"))
        .limit(TOP);
  }

  /** Returns the picture that the book calls a histogram: a bar for each word. */
  static BarChart bars(List<Tuple2<String, Integer>> top) {
    return BarChart.of(
            "The most frequent words",
            top.stream().map(word -> Bar.of(word._1(), word._2())).toList())
        .withUnit("times");
  }

  /** The most frequent first; equals in the order of the alphabet. */
  private static final class MostFrequent
      implements Comparator<Tuple2<String, Integer>>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public int compare(Tuple2<String, Integer> a, Tuple2<String, Integer> b) {
      int byCount = b._2().compareTo(a._2());
      return byCount == 0 ? a._1().compareTo(b._1()) : byCount;
    }
  }
}
