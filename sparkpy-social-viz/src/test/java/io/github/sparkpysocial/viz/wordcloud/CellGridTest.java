package io.github.sparkpysocial.viz.wordcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellGridTest {

  @Test
  void findsExactlyTheFreePlacesOfABox() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 60; round++) {
      int columns = random.nextInt(1, 200);
      int rows = random.nextInt(1, 40);
      boolean[] taken = new boolean[columns * rows];
      CellGrid grid = new CellGrid(columns, rows);
      for (int i = 0; i < columns * rows / 40; i++) {
        int row = random.nextInt(rows);
        int first = random.nextInt(columns);
        int last = Math.min(columns - 1, first + random.nextInt(3));
        grid.take(row, first, last);
        for (int column = first; column <= last; column++) {
          taken[row * columns + column] = true;
        }
      }
      int width = random.nextInt(1, Math.min(columns, 80) + 1);
      int height = random.nextInt(1, Math.min(rows, 9) + 1);

      Set<Integer> free = new HashSet<>();
      for (int row = 0; row + height <= rows; row++) {
        for (int column = 0; column + width <= columns; column++) {
          if (isFree(taken, columns, column, row, width, height)) {
            free.add(row * columns + column);
          }
        }
      }
      int spot = grid.place(width, height, random);
      if (free.isEmpty()) {
        assertThat(spot).isEqualTo(-1);
      } else {
        assertThat(free).contains(spot);
      }
    }
  }

  private static boolean isFree(
      boolean[] taken, int columns, int column, int row, int width, int height) {
    for (int y = row; y < row + height; y++) {
      for (int x = column; x < column + width; x++) {
        if (taken[y * columns + x]) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void theOnlyFreePlaceIsFoundAcrossTheBordersOfWords() {
    for (int at : new int[] {0, 1, 62, 63, 64, 65, 126, 127, 128, 140}) {
      CellGrid grid = new CellGrid(150, 3);
      for (int row = 0; row < 3; row++) {
        if (at > 0) {
          grid.take(row, 0, at - 1);
        }
        grid.take(row, at + 9, 149);
      }

      assertThat(grid.place(9, 3, new SplittableRandom(7))).isEqualTo(at);
      assertThat(grid.place(10, 3, new SplittableRandom(7))).isEqualTo(-1);
      assertThat(grid.free()).isEqualTo(27);
    }
  }
}
