package io.github.sparkpysocial.ml.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgreementTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @Test
  void measuresAreThoseOfTheirDefinitions() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      int n = 2 + random.nextInt(30);
      int[] labels = random.ints(n, 0, 1 + random.nextInt(5)).toArray();
      int[] clusters = random.ints(n, 0, 1 + random.nextInt(5)).toArray();

      Agreement agreement = Agreement.of(table(labels, clusters));

      assertThat(agreement.count()).isEqualTo(n);
      assertThat(agreement.purity()).isEqualTo(purity(labels, clusters), within(1e-12));
      assertThat(agreement.nmi()).isEqualTo(nmi(labels, clusters), within(1e-9));
      assertThat(agreement.ari()).isEqualTo(ari(labels, clusters), within(1e-9));
    }
  }

  @Test
  void clustersThatAreTheLabelsByOtherNamesAgreeWholly() {
    Agreement agreement = Agreement.of(rows("a 2", "a 2", "b 0", "c 1"), "label", "prediction");

    assertThat(agreement).isEqualTo(new Agreement(4, 3, 3, 1, 1, 1));
  }

  @Test
  void referenceValuesOfScikitLearn() {
    // adjusted_rand_score and normalized_mutual_info_score of [0, 0, 1, 2] and [0, 0, 1, 1]
    Agreement agreement = Agreement.of(rows("0 0", "0 0", "1 1", "2 1"), "label", "prediction");

    assertThat(agreement.ari()).isEqualTo(0.5714285714285714, within(1e-12));
    assertThat(agreement.nmi()).isEqualTo(0.8, within(1e-12));
    assertThat(agreement.purity()).isEqualTo(0.75);
  }

  @Test
  void rowsWithoutLabelAreLeftOutAndNoClusterIsAClusterOfItsOwn() {
    Agreement agreement =
        Agreement.of(rows("a 1", "null 1", "b null", "b null"), "label", "prediction");

    assertThat(agreement).isEqualTo(new Agreement(3, 2, 2, 1, 1, 1));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> Agreement.of(rows("a 1"), "topic", "prediction"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No column 'topic' to compare; the columns are label, prediction");
    assertThatThrownBy(() -> Agreement.of(rows("null 1"), "label", "prediction"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No row has a value in column 'label'");
  }

  private static Dataset<Row> rows(String... pairs) {
    StructType schema =
        new StructType()
            .add("label", DataTypes.StringType)
            .add("prediction", DataTypes.IntegerType);
    List<Row> rows = new ArrayList<>();
    for (String pair : pairs) {
      String[] parts = pair.split(" ", -1);
      rows.add(
          RowFactory.create(
              parts[0].equals("null") ? null : parts[0],
              parts[1].equals("null") ? null : Integer.valueOf(parts[1])));
    }
    return SPARK.session().createDataFrame(rows, schema);
  }

  private static Map<String, Map<String, Long>> table(int[] labels, int[] clusters) {
    Map<String, Map<String, Long>> table = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      table
          .computeIfAbsent("l" + labels[i], l -> new HashMap<>())
          .merge("c" + clusters[i], 1L, Long::sum);
    }
    return table;
  }

  private static double purity(int[] labels, int[] clusters) {
    double pure = 0;
    for (int c = 0; c < 5; c++) {
      int[] counts = new int[5];
      for (int i = 0; i < labels.length; i++) {
        counts[labels[i]] += clusters[i] == c ? 1 : 0;
      }
      pure += Arrays.stream(counts).max().orElse(0);
    }
    return pure / labels.length;
  }

  private static double nmi(int[] labels, int[] clusters) {
    double n = labels.length;
    double information = 0;
    double labelEntropy = 0;
    double clusterEntropy = 0;
    for (int a = 0; a < 5; a++) {
      double label = count(labels, a) / n;
      double cluster = count(clusters, a) / n;
      labelEntropy -= label == 0 ? 0 : label * Math.log(label);
      clusterEntropy -= cluster == 0 ? 0 : cluster * Math.log(cluster);
      for (int b = 0; b < 5; b++) {
        double joint = 0;
        for (int i = 0; i < n; i++) {
          joint += labels[i] == a && clusters[i] == b ? 1 / n : 0;
        }
        information += joint == 0 ? 0 : joint * Math.log(joint / label / (count(clusters, b) / n));
      }
    }
    double mean = (labelEntropy + clusterEntropy) / 2;
    return mean == 0 ? 1 : information / mean;
  }

  private static double count(int[] values, int value) {
    return Arrays.stream(values).filter(v -> v == value).count();
  }

  /** Over all pairs: (agreements - expected) / (mean of both - expected). */
  private static double ari(int[] labels, int[] clusters) {
    double both = 0;
    double sameLabel = 0;
    double sameCluster = 0;
    double pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = i + 1; j < labels.length; j++) {
        boolean label = labels[i] == labels[j];
        boolean cluster = clusters[i] == clusters[j];
        both += label && cluster ? 1 : 0;
        sameLabel += label ? 1 : 0;
        sameCluster += cluster ? 1 : 0;
        pairs++;
      }
    }
    double expected = sameLabel * sameCluster / pairs;
    double most = (sameLabel + sameCluster) / 2;
    return most == expected ? 1 : (both - expected) / (most - expected);
  }
}
