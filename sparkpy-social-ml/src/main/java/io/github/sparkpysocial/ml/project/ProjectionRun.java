package io.github.sparkpysocial.ml.project;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparkpysocial.ml.internal.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/** One projection, from rows to the plane. */
final class ProjectionRun {
  private static final String ID = "id";
  private static final String FEATURES = "features";

  private final Projection settings;
  private double quality;

  ProjectionRun(Projection settings) {
    this.settings = settings;
  }

  ProjectedPoints points(Dataset<Row> rows) {
    Dataset<Row> known = known(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = required(known);
      List<Row> drawn = drawn(known, settings.maxPoints);
      List<ProjectedPoint> points = new ArrayList<>();
      if (settings.method == Projection.Method.NEIGHBOURS) {
        Neighbours neighbours = new Neighbours(vectors(drawn), settings.perplexity, settings.seed);
        double[][] places = neighbours.embed();
        for (int i = 0; i < places.length; i++) {
          points.add(new ProjectedPoint(drawn.get(i).getString(0), places[i][0], places[i][1]));
        }
        quality = neighbours.divergence();
      } else {
        Projection.Place place = learn(known, count);
        for (Row row : drawn) {
          double[] at = place.of(row.getAs(1));
          points.add(new ProjectedPoint(row.getString(0), at[0], at[1]));
        }
      }
      return new ProjectedPoints(settings.method, count, points, quality);
    } finally {
      known.unpersist(false);
    }
  }

  Projection.Place place(Dataset<Row> rows) {
    Dataset<Row> known = known(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return learn(known, required(known));
    } finally {
      known.unpersist(false);
    }
  }

  private Dataset<Row> known(Dataset<Row> rows) {
    UDF1<Vector, Boolean> known = vector -> vector != null && vector.numNonzeros() > 0;
    return rows.select(
            col(Projection.quoted(settings.idCol)).cast("string").as(ID),
            col(Projection.quoted(settings.featuresCol)).as(FEATURES))
        .na()
        .fill("", new String[] {ID})
        .where(functions.udf(known, DataTypes.BooleanType).apply(col(FEATURES)));
  }

  private static long required(Dataset<Row> known) {
    long count = known.count();
    if (count < 3) {
      throw new IllegalArgumentException(
          "A plane needs at least three rows with a vector that is not zero; there are " + count);
    }
    return count;
  }

  /**
   * Returns so many rows, in the order of their ids; which ones follows from the ids and the seed.
   */
  private List<Row> drawn(Dataset<Row> known, int most) {
    return known
        .orderBy(xxhash64(col(ID), lit(settings.seed)), col(ID))
        .limit(most)
        .orderBy(ID)
        .collectAsList();
  }

  private static double[][] vectors(List<Row> rows) {
    return rows.stream().map(row -> Projection.Place.unit(row.getAs(1))).toArray(double[][]::new);
  }

  private Projection.Place learn(Dataset<Row> known, long count) {
    return settings.method == Projection.Method.MDS ? scaling(known) : directions(known, count);
  }

  private Projection.Place scaling(Dataset<Row> known) {
    Landmarks landmarks = Landmarks.of(vectors(drawn(known, settings.landmarks)));
    quality = landmarks.quality();
    return landmarks;
  }

  private Projection.Place directions(Dataset<Row> known, long count) {
    Directions directions =
        Directions.of(
            known.select(FEATURES).toJavaRDD().map(row -> row.getAs(0)),
            count,
            2,
            settings.method == Projection.Method.PCA
                ? Directions.Through.MEAN
                : Directions.Through.ZERO,
            settings.seed);
    quality = Math.min(1, Arrays.stream(directions.shares()).sum());
    return Projection.Place.along(directions.v(), directions.centre());
  }

  /** Rows placed by their distances to some of them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Landmarks(double[][] vectors, double[] pull, double[] meanSquares, double quality)
      implements Projection.Place {
    private static final long serialVersionUID = 1L;

    /**
     * Places the landmarks by classical scaling.
     *
     * @param vectors of length one
     */
    static Landmarks of(double[][] vectors) {
      int n = vectors.length;
      double[] squares = new double[n * n];
      double[] means = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          squares[i * n + j] = i == j ? 0 : squaredDistance(vectors[i], vectors[j]);
          means[i] += squares[i * n + j] / n;
        }
      }
      double all = 0;
      for (double mean : means) {
        all += mean / n;
      }
      double[] centred = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          centred[i * n + j] = -(squares[i * n + j] - means[i] - means[j] + all) / 2;
        }
      }
      Dense.Eigen eigen = Dense.symmetricEigen(centred, n);
      double positive = 0;
      for (double value : eigen.values()) {
        positive += Math.max(0, value);
      }
      double[] pull = new double[n * 2];
      double kept = 0;
      for (int j = 0; j < 2; j++) {
        double value = eigen.values()[j];
        if (value > 1e-12) {
          kept += value;
          double sign = sign(eigen.vectors(), n, j);
          for (int i = 0; i < n; i++) {
            pull[i * 2 + j] = sign * eigen.vectors()[i * n + j] / Math.sqrt(value);
          }
        }
      }
      return new Landmarks(vectors, pull, means, positive == 0 ? 1 : kept / positive);
    }

    private static double sign(double[] vectors, int n, int column) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double value = vectors[i * n + column];
        largest = Math.abs(value) > Math.abs(largest) ? value : largest;
      }
      return largest < 0 ? -1 : 1;
    }

    private static double squaredDistance(double[] a, double[] b) {
      return Math.max(0, 2 - 2 * Dense.dot(a, b));
    }

    @Override
    public double[] of(Vector vector) {
      double[] unit = Projection.Place.unit(vector);
      double[] place = new double[2];
      for (int i = 0; i < vectors.length; i++) {
        double nearer = (meanSquares[i] - squaredDistance(unit, vectors[i])) / 2;
        place[0] += nearer * pull[i * 2];
        place[1] += nearer * pull[i * 2 + 1];
      }
      return place;
    }
  }
}
