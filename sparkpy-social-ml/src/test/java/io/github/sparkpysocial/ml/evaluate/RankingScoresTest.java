package io.github.sparkpysocial.ml.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.evaluation.RankingMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import scala.Tuple2;

class RankingScoresTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  private static Dataset<Row> frame(List<Row> rows) {
    return spark.createDataFrame(rows, StructType.fromDDL("r array<string>, t array<string>"));
  }

  /** Lists of different lengths, some without a hit, against MLlib's own, which takes four jobs. */
  @Test
  void scoresAreThoseOfMllib() {
    Random random = new Random(6);
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 40; user++) {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        items.add("i" + i);
      }
      Collections.shuffle(items, random);
      List<String> recommended = List.copyOf(items.subList(0, random.nextInt(9)));
      Collections.shuffle(items, random);
      rows.add(
          RowFactory.create(
              recommended.toArray(), items.subList(0, 1 + random.nextInt(12)).toArray()));
    }
    JavaRDD<Tuple2<List<String>, List<String>>> pairs =
        frame(rows).toJavaRDD().map(row -> new Tuple2<>(row.getList(0), row.getList(1)));
    RankingMetrics<String> mllib = RankingMetrics.of(pairs);

    for (int k : new int[] {1, 5, 10}) {
      RankingScores scores = RankingScores.of(frame(rows), "r", "t", k);

      assertThat(scores.users()).isEqualTo(40);
      assertThat(scores.precision()).isCloseTo(mllib.precisionAt(k), within(1e-12));
      assertThat(scores.recall()).isCloseTo(mllib.recallAt(k), within(1e-12));
      assertThat(scores.map()).isCloseTo(mllib.meanAveragePrecisionAt(k), within(1e-12));
      assertThat(scores.ndcg()).isCloseTo(mllib.ndcgAt(k), within(1e-12));
    }
  }

  @Test
  void aMissingListIsEmptyAndNobodyToJudgeIsSaid() {
    List<Row> rows =
        List.of(
            RowFactory.create(null, new String[] {"a"}),
            RowFactory.create(new String[] {"a"}, new String[] {"a"}),
            RowFactory.create(new String[] {"a"}, new String[] {}));

    assertThat(RankingScores.of(frame(rows), "r", "t", 1))
        .isEqualTo(new RankingScores(1, 2, 0.5, 0.5, 0.5, 0.5));
    assertThatThrownBy(() -> RankingScores.of(frame(List.of()), "r", "t", 1))
        .hasMessageContaining("No row has anything in 't'");
    assertThatThrownBy(() -> RankingScores.of(frame(rows), "r", "x", 1))
        .hasMessageContaining("No column 'x'");
  }
}
