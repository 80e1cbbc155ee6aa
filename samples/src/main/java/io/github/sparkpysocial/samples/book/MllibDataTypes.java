package io.github.sparkpysocial.samples.book;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.linalg.Matrices;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.BlockMatrix;
import org.apache.spark.mllib.linalg.distributed.CoordinateMatrix;
import org.apache.spark.mllib.linalg.distributed.IndexedRowMatrix;
import org.apache.spark.mllib.linalg.distributed.MatrixEntry;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.apache.spark.sql.SparkSession;

/**
 * The data types that the book names: vectors and matrices, local and distributed, on how often
 * four hashtags occur in posts.
 */
public final class MllibDataTypes {
  private MllibDataTypes() {}

  /** Returns one fact of each type, by the name of the type. */
  public static Map<String, String> walk(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, String> told = new TreeMap<>();

    Vector dense = Vectors.dense(1, 0, 0, 2);
    Vector sparse = Vectors.sparse(4, new int[] {0, 3}, new double[] {1, 2});
    told.put("DenseVector and SparseVector", "equal: " + dense.equals(sparse));
    LabeledPoint labelled = new LabeledPoint(1, sparse);
    told.put("LabeledPoint", "label " + labelled.label() + ", features " + labelled.features());
    Matrix local = Matrices.dense(2, 2, new double[] {1, 3, 2, 4}); // column after column
    told.put("DenseMatrix", "times (1, 1): " + local.multiply(Vectors.dense(1, 1)));
    Matrix sparseLocal =
        Matrices.sparse(2, 2, new int[] {0, 1, 2}, new int[] {0, 1}, new double[] {5, 6});
    told.put("SparseMatrix", sparseLocal.numActives() + " of 4 are kept");

    JavaRDD<MatrixEntry> entries =
        context.parallelize(
            List.of(
                new MatrixEntry(0, 0, 1),
                new MatrixEntry(0, 3, 2),
                new MatrixEntry(1, 0, 2),
                new MatrixEntry(1, 3, 4),
                new MatrixEntry(2, 1, 3)));
    CoordinateMatrix coordinates = new CoordinateMatrix(entries.rdd());
    told.put("CoordinateMatrix", coordinates.numRows() + " x " + coordinates.numCols());
    IndexedRowMatrix indexed = coordinates.toIndexedRowMatrix();
    told.put("IndexedRowMatrix", "columns alike: " + alike(indexed));
    RowMatrix rows = indexed.toRowMatrix();
    told.put("RowMatrix", "rank " + rows.computeSVD(3, false, 1e-6).s().size());
    BlockMatrix blocks = coordinates.toBlockMatrix(2, 2);
    Matrix gram = blocks.transpose().multiply(blocks).toLocalMatrix();
    told.put("BlockMatrix", "its square has " + gram.apply(0, 3) + " at (0, 3)");
    return told;
  }

  /** Counts pairs of columns that point the same way. */
  private static long alike(IndexedRowMatrix matrix) {
    JavaPairRDD<Long, Double> similarities =
        matrix
            .columnSimilarities()
            .entries()
            .toJavaRDD()
            .mapToPair(entry -> new scala.Tuple2<>(entry.i(), entry.value()));
    return similarities.filter(pair -> pair._2() > 1 - 1e-9).count();
  }
}
