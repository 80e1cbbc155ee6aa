package io.github.sparkpysocial.ml.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectionTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @Test
  void principalComponentsAreThoseOfSpark() {
    Dataset<Row> rows = groups(60, 6, 3, 1);
    Dataset<Row> expected =
        new PCA().setK(2).setInputCol("features").setOutputCol("pca").fit(rows).transform(rows);
    double[] mean = new double[2];
    List<Row> pca = expected.orderBy("id").select("pca").collectAsList();
    for (Row row : pca) {
      mean[0] += row.<Vector>getAs(0).apply(0) / pca.size();
      mean[1] += row.<Vector>getAs(0).apply(1) / pca.size();
    }

    ProjectedPoints found = Projection.builder(Projection.Method.PCA).build().points(rows);

    assertThat(found.rows()).isEqualTo(60);
    for (int i = 0; i < pca.size(); i++) {
      // Spark does not centre what it projects, and leaves the sign of an axis to chance.
      assertThat(Math.abs(found.points().get(i).x()))
          .isEqualTo(Math.abs(pca.get(i).<Vector>getAs(0).apply(0) - mean[0]), within(1e-6));
      assertThat(Math.abs(found.points().get(i).y()))
          .isEqualTo(Math.abs(pca.get(i).<Vector>getAs(0).apply(1) - mean[1]), within(1e-6));
    }
    assertThat(found.quality()).isBetween(0.3, 1.0);
  }

  @Test
  void twoDimensionsAreKeptWhole() {
    Dataset<Row> rows = groups(40, 2, 2, 2);

    ProjectedPoints svd = Projection.builder(Projection.Method.SVD).build().points(rows);

    assertThat(svd.quality()).isEqualTo(1, within(1e-9));
    assertDistancesKept(rows, svd, false);
  }

  @Test
  void scalingKeepsTheDistancesOfWhatLiesInAPlane() {
    // Directions near one another on a great circle are nearly a plane; many landmarks, then few.
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      double angle = 0.4 * random.nextDouble();
      double height = 0.3 * random.nextDouble();
      rows.add(
          RowFactory.create(
              String.format("%03d", i), Vectors.dense(Math.cos(angle), Math.sin(angle), height)));
    }
    Dataset<Row> frame = frame(rows);

    ProjectedPoints all = Projection.builder(Projection.Method.MDS).build().points(frame);
    ProjectedPoints few =
        Projection.builder(Projection.Method.MDS).landmarks(12).build().points(frame);

    assertThat(all.quality()).isGreaterThan(0.97);
    assertDistancesKept(frame, all, true);
    assertDistancesKept(frame, few, true);
  }

  @ParameterizedTest
  @EnumSource
  void groupsStayApart(Projection.Method method) {
    Dataset<Row> rows = groups(90, 8, 3, 3);

    ProjectedPoints found =
        Projection.builder(method).perplexity(10).build().points(rows.repartition(3));

    int own = 0;
    for (ProjectedPoint point : found.points()) {
      ProjectedPoint nearest = nearest(point, found.points());
      own += group(point.id()) == group(nearest.id()) ? 1 : 0;
    }
    assertThat(own).isGreaterThan(85);
    assertThat(Projection.builder(method).perplexity(10).build().points(rows.coalesce(1)))
        .isEqualTo(found);
  }

  @Test
  void everyRowIsPlacedWhereItsPointIs() {
    Dataset<Row> rows = groups(30, 4, 2, 5);
    Projection projection = Projection.builder(Projection.Method.MDS).landmarks(10).build();

    List<Row> placed = projection.transform(rows).orderBy("id").select("x", "y").collectAsList();
    List<ProjectedPoint> points = projection.points(rows).points();

    for (int i = 0; i < placed.size(); i++) {
      assertThat(placed.get(i).getDouble(0)).isEqualTo(points.get(i).x());
      assertThat(placed.get(i).getDouble(1)).isEqualTo(points.get(i).y());
    }
    assertThat(Projection.builder(Projection.Method.PCA).maxPoints(7).build().points(rows).points())
        .hasSize(7);
  }

  @Test
  void whatCannotBeProjectedIsTold() {
    Dataset<Row> rows = groups(30, 4, 2, 5);
    Projection pca = Projection.builder(Projection.Method.PCA).build();

    assertThatThrownBy(() -> pca.points(rows.limit(2)))
        .hasMessage(
            "A plane needs at least three rows with a vector that is not zero; there are 2");
    assertThatThrownBy(() -> pca.points(rows.drop("features")))
        .hasMessageContaining("No column 'features'; the columns are id");
    assertThatThrownBy(() -> pca.points(rows.selectExpr("id", "id AS features")))
        .hasMessageContaining("holds no vectors");
    assertThatThrownBy(
            () -> Projection.builder(Projection.Method.NEIGHBOURS).build().transform(rows))
        .hasMessageContaining("places a sample only");
    assertThatThrownBy(() -> Projection.builder(Projection.Method.MDS).landmarks(2))
        .hasMessage("landmarks must be from 3 to 2000, was 2");
  }

  private static void assertDistancesKept(Dataset<Row> rows, ProjectedPoints found, boolean unit) {
    List<Row> originals = rows.orderBy("id").collectAsList();
    for (int i = 0; i < originals.size(); i++) {
      for (int j = 0; j < i; j++) {
        Vector a = originals.get(i).getAs("features");
        Vector b = originals.get(j).getAs("features");
        double la = unit ? Vectors.norm(a, 2) : 1;
        double lb = unit ? Vectors.norm(b, 2) : 1;
        double squares = 0;
        for (int d = 0; d < a.size(); d++) {
          squares += Math.pow(a.apply(d) / la - b.apply(d) / lb, 2);
        }
        ProjectedPoint p = found.points().get(i);
        ProjectedPoint q = found.points().get(j);
        assertThat(Math.hypot(p.x() - q.x(), p.y() - q.y()))
            .isEqualTo(Math.sqrt(squares), within(unit ? 0.03 : 1e-9));
      }
    }
  }

  private static ProjectedPoint nearest(ProjectedPoint point, List<ProjectedPoint> points) {
    ProjectedPoint nearest = point;
    double least = Double.POSITIVE_INFINITY;
    for (ProjectedPoint other : points) {
      double distance = Math.hypot(other.x() - point.x(), other.y() - point.y());
      if (!other.equals(point) && distance < least) {
        least = distance;
        nearest = other;
      }
    }
    return nearest;
  }

  private static int group(String id) {
    return Integer.parseInt(id) % 3;
  }

  /** Rows around as many middles as there are groups. */
  private static Dataset<Row> groups(int count, int dimensions, int groups, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] values = new double[dimensions];
      for (int d = 0; d < dimensions; d++) {
        values[d] = (d % groups == i % groups ? 3 : 0) + 0.4 * random.nextGaussian();
      }
      rows.add(RowFactory.create(String.format("%03d", i), Vectors.dense(values)));
    }
    return frame(rows);
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return SPARK
        .session()
        .createDataFrame(
            rows,
            new StructType()
                .add("id", DataTypes.StringType)
                .add("features", SQLDataTypes.VectorType()));
  }
}
