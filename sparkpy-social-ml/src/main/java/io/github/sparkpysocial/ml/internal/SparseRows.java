package io.github.sparkpysocial.ml.internal;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sparse vectors in three arrays: a hundredth of the objects that as many vectors would be. Once
 * built it does not change.
 */
public final class SparseRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] starts;
  private final int[] indices;
  private final double[] values;

  private SparseRows(int[] starts, int[] indices, double[] values) {
    this.starts = starts;
    this.indices = indices;
    this.values = values;
  }

  /** Returns how many rows there are. */
  public int size() {
    return starts.length - 1;
  }

  /** Returns where a row begins in {@link #index} and {@link #value}. */
  public int start(int row) {
    return starts[row];
  }

  /** Returns where a row ends. */
  public int end(int row) {
    return starts[row + 1];
  }

  /** Returns the column of an entry. */
  public int index(int entry) {
    return indices[entry];
  }

  /** Returns the value of an entry. */
  public double value(int entry) {
    return values[entry];
  }

  /**
   * Writes a row times a matrix to {@code product}.
   *
   * @param matrix a matrix with a row a column of these rows, row by row
   * @param product as long as the matrix is wide
   */
  public void times(int row, double[] matrix, double[] product) {
    int width = product.length;
    Arrays.fill(product, 0);
    for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
      int at = indices[entry] * width;
      double value = values[entry];
      for (int j = 0; j < width; j++) {
        product[j] += value * matrix[at + j];
      }
    }
  }

  /** Collects rows. Not thread-safe. */
  public static final class Builder {
    private int[] starts;
    private int[] indices;
    private double[] values;
    private int rows;
    private int entries;

    /** Makes room for so many rows and entries; more are taken, too. */
    public Builder(int rows, int entries) {
      this.starts = new int[rows + 2];
      this.indices = new int[entries + 1];
      this.values = new double[entries + 1];
    }

    /** Adds an entry to the row that is open. */
    public void add(int index, double value) {
      if (entries == indices.length) {
        indices = Arrays.copyOf(indices, entries * 2);
        values = Arrays.copyOf(values, entries * 2);
      }
      indices[entries] = index;
      values[entries++] = value;
    }

    /** Divides the open row by its length, unless it is zero, and closes it. */
    public void endUnitRow() {
      double squares = 0;
      for (int i = starts[rows]; i < entries; i++) {
        squares += values[i] * values[i];
      }
      double length = Math.sqrt(squares);
      for (int i = starts[rows]; i < entries; i++) {
        values[i] /= length;
      }
      endRow();
    }

    /** Closes the open row. */
    public void endRow() {
      if (++rows == starts.length) {
        starts = Arrays.copyOf(starts, rows * 2);
      }
      starts[rows] = entries;
    }

    /** Returns the rows. */
    public SparseRows build() {
      return new SparseRows(
          Arrays.copyOf(starts, rows + 1),
          Arrays.copyOf(indices, entries),
          Arrays.copyOf(values, entries));
    }
  }
}
