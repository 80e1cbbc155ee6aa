package io.github.sparkpysocial.viz.wordcloud;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which cells of a picture are taken, a bit for each, 64 to a word. All places for a box are found
 * at once: a place is blocked if any cell of the box is taken, so the taken cells are spread to the
 * left and upwards by the size of the box, each step doubling how far. Not thread-safe.
 */
final class CellGrid {
  private static final int TRIED = 24;
  private static final int BAND = 12;

  private final int columns;
  private final int rows;
  private final int width; // of a row, in words
  private final long[] taken;
  private final long[] blocked;
  private final int[] freeInRow;

  CellGrid(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    this.width = (columns + 63) / 64;
    this.taken = new long[width * rows];
    this.blocked = new long[width * rows];
    this.freeInRow = new int[rows];
    int rest = columns % 64;
    if (rest != 0) {
      for (int row = 0; row < rows; row++) {
        taken[row * width + width - 1] = -1L << rest;
      }
    }
  }

  /** Takes the cells that another grid of the same size has taken. */
  void take(CellGrid other) {
    for (int i = 0; i < taken.length; i++) {
      taken[i] |= other.taken[i];
    }
  }

  /** Takes the cells of one row from {@code first} to {@code last}, both included. */
  void take(int row, int first, int last) {
    int start = row * width;
    int from = first >> 6;
    int to = last >> 6;
    long head = -1L << first;
    long tail = -1L >>> (63 - (last & 63));
    if (from == to) {
      taken[start + from] |= head & tail;
    } else {
      taken[start + from] |= head;
      Arrays.fill(taken, start + from + 1, start + to, -1L);
      taken[start + to] |= tail;
    }
  }

  boolean isTaken(int column, int row) {
    return (taken[row * width + (column >> 6)] >>> column & 1) != 0;
  }

  /** Returns how many cells are free. */
  int free() {
    int free = 0;
    for (long word : taken) {
      free += Long.bitCount(~word);
    }
    return free;
  }

  /**
   * Returns the cell of the upper left corner of a free box, {@code row * columns + column}, or -1
   * if there is none. Of some free places, every one equally likely, it is the one that has most
   * neighbours, which keeps what is left in one piece.
   */
  int place(int boxWidth, int boxHeight, SplittableRandom random) {
    if (boxWidth > columns || boxHeight > rows) {
      return -1;
    }
    System.arraycopy(taken, 0, blocked, 0, taken.length);
    spreadUpwards(boxHeight);
    int lastRow = rows - boxHeight;
    spreadLeft(boxWidth, lastRow);
    int free = 0;
    for (int row = 0; row <= lastRow; row++) {
      int inRow = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        inRow += Long.bitCount(~blocked[i]);
      }
      freeInRow[row] = inRow;
      free += inRow;
    }
    if (free == 0) {
      return -1;
    }
    int best = -1;
    int most = -1;
    for (int i = 0; i < TRIED; i++) {
      int spot = find(random.nextInt(free));
      int neighbours = neighbours(spot % columns, spot / columns, boxWidth, boxHeight);
      if (neighbours > most) {
        most = neighbours;
        best = spot;
      }
    }
    return best;
  }

  /** Counts the taken cells in a band around a box. */
  private int neighbours(int column, int row, int boxWidth, int boxHeight) {
    int left = Math.max(0, column - BAND);
    int right = Math.min(columns - 1, column + boxWidth - 1 + BAND);
    int count = 0;
    for (int y = Math.max(0, row - BAND); y < Math.min(rows, row + boxHeight + BAND); y++) {
      int start = y * width;
      int from = left >> 6;
      int to = right >> 6;
      long head = -1L << left;
      long tail = -1L >>> (63 - (right & 63));
      if (from == to) {
        count += Long.bitCount(taken[start + from] & head & tail);
      } else {
        count += Long.bitCount(taken[start + from] & head);
        for (int i = from + 1; i < to; i++) {
          count += Long.bitCount(taken[start + i]);
        }
        count += Long.bitCount(taken[start + to] & tail);
      }
    }
    return count;
  }

  private void spreadUpwards(int by) {
    for (int done = 1; done < by; ) {
      int step = Math.min(done, by - done);
      int shift = step * width;
      int end = blocked.length - shift;
      for (int i = 0; i < end; i++) {
        blocked[i] |= blocked[i + shift];
      }
      done += step;
    }
  }

  private void spreadLeft(int by, int lastRow) {
    for (int done = 1; done < by; ) {
      int step = Math.min(done, by - done);
      int words = step >> 6;
      int bits = step & 63;
      for (int row = 0; row <= lastRow; row++) {
        shiftRow(row * width, words, bits);
      }
      done += step;
    }
  }

  /** Adds to each word of a row what stands further right; beyond the edge all is taken. */
  private void shiftRow(int start, int words, int bits) {
    int end = start + width;
    int i = start;
    if (bits == 0) {
      for (; i + words < end; i++) {
        blocked[i] |= blocked[i + words];
      }
    } else {
      for (; i + words + 1 < end; i++) {
        blocked[i] |= blocked[i + words] >>> bits | blocked[i + words + 1] << (64 - bits);
      }
      if (i + words < end) {
        blocked[i] |= blocked[i + words] >>> bits | -1L << (64 - bits);
        i++;
      }
    }
    for (; i < end; i++) {
      blocked[i] = -1L;
    }
  }

  private int find(int chosen) {
    int row = 0;
    int rest = chosen;
    while (rest >= freeInRow[row]) {
      rest -= freeInRow[row];
      row++;
    }
    int at = row * width;
    for (int count = Long.bitCount(~blocked[at]);
        rest >= count;
        count = Long.bitCount(~blocked[at])) {
      rest -= count;
      at++;
    }
    long open = ~blocked[at];
    for (; rest > 0; rest--) {
      open &= open - 1;
    }
    return at / width * columns + at % width * 64 + Long.numberOfTrailingZeros(open);
  }
}
