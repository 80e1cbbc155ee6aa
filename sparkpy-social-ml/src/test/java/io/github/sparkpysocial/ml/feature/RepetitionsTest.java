package io.github.sparkpysocial.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RepetitionsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final String LONG =
      "the night train from the coast was late again and nobody at the station knew when the next"
          + " one would come";

  @Test
  void nearCopiesNameTheFirstOfThem() {
    Dataset<Row> posts =
        posts(
            List.of(
                new String[] {"a", null, LONG},
                new String[] {"b", null, "RT @ada: " + LONG + " https://x.example/1"},
                new String[] {"c", null, LONG + " really"},
                new String[] {"d", null, "the night train was early for once"},
                new String[] {"e", null, ""},
                new String[] {"f", null, null}));

    NearDuplicates near = NearDuplicates.from(0.8);

    assertThat(names(near.transform(posts)))
        .containsExactly("a=a", "b=a", "c=a", "d=d", "e=e", "f=f");
    assertThat(names(near.transform(posts.repartition(5))))
        .isEqualTo(names(near.transform(posts.coalesce(1))));
  }

  @Test
  void similarityIsThatOfBruteForce() {
    Random random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      long[] a = random.longs(20, 0, 30).sorted().distinct().toArray();
      long[] b = random.longs(20, 0, 30).sorted().distinct().toArray();
      TreeSet<Long> all = new TreeSet<>(LongStream.of(a).boxed().toList());
      all.addAll(LongStream.of(b).boxed().toList());
      long shared = LongStream.of(a).filter(x -> LongStream.of(b).anyMatch(y -> x == y)).count();

      assertThat(NearDuplicates.jaccard(a, b)).isEqualTo((double) shared / all.size());
    }
  }

  @Test
  void repostsAreFoldedIntoTheirOriginal() {
    Dataset<Row> posts =
        posts(
            List.of(
                new String[] {"2", null, "Spark 4 is out"},
                new String[] {"1", "2", "RT @ada: Spark 4 is o…"},
                new String[] {"3", null, "SPARK 4 is out! https://x.example"},
                new String[] {"4", "99", "RT @gone: a lost one"},
                new String[] {"5", "99", "RT @gone: a lost …"},
                new String[] {"6", null, ""},
                new String[] {"7", null, null}));

    assertThat(
            Reposts.fold(posts).orderBy("id").select("id", "copies").collectAsList().stream()
                .map(row -> row.mkString("=")))
        .containsExactly("2=3", "4=2", "6=1", "7=1");
    assertThat(Reposts.fold(posts).columns())
        .containsExactly("id", "repost_of_id", "text", "copies");
    assertThatThrownBy(() -> Reposts.fold(posts.drop("text")))
        .hasMessage("No column 'text'; the columns are id, repost_of_id");
  }

  private static List<String> names(Dataset<Row> posts) {
    return posts.orderBy("id").select("id", NearDuplicates.COLUMN).collectAsList().stream()
        .map(row -> row.mkString("="))
        .toList();
  }

  private static Dataset<Row> posts(List<String[]> values) {
    List<Row> rows = new ArrayList<>();
    values.forEach(value -> rows.add(RowFactory.create((Object[]) value)));
    return SPARK
        .session()
        .createDataFrame(
            rows,
            new StructType()
                .add("id", DataTypes.StringType)
                .add("repost_of_id", DataTypes.StringType)
                .add("text", DataTypes.StringType));
  }
}
