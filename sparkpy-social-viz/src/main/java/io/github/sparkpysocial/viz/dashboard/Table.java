package io.github.sparkpysocial.viz.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows and columns, with numbers to the right, and a button that saves them as CSV.
 *
 * @param id the id of its element
 * @param title what stands above it
 * @param columns the columns
 * @param rows one cell per column in each row; may be empty, which shows a note that says so
 */
public record Table(String id, String title, List<Column> columns, List<List<Cell>> rows)
    implements Component {

  /**
   * A column.
   *
   * @param name what stands above it
   * @param numeric whether it holds numbers
   */
  public record Column(String name, boolean numeric) {
    public Column {
      Objects.requireNonNull(name, "name");
    }

    /** Returns a column of text. */
    public static Column text(String name) {
      return new Column(name, false);
    }

    /** Returns a column of numbers. */
    public static Column number(String name) {
      return new Column(name, true);
    }
  }

  public Table {
    Checks.id(id);
    Objects.requireNonNull(title, "title");
    columns = List.copyOf(columns);
    List<List<Cell>> copied = new ArrayList<>(rows.size());
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "Row %d of table '%s' has %d cells for %d columns"
                .formatted(copied.size() + 1, id, row.size(), columns.size()));
      }
      copied.add(List.copyOf(row));
    }
    rows = List.copyOf(copied);
  }

  /** Returns a builder of a table without rows. */
  public static Builder builder(String id, String title, Column... columns) {
    return new Builder(id, title, List.of(columns));
  }

  /** Collects rows. Not thread-safe; the table it builds is immutable. */
  public static final class Builder {
    private final String id;
    private final String title;
    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Builder(String id, String title, List<Column> columns) {
      this.id = id;
      this.title = title;
      this.columns = columns;
    }

    /** Adds a row, one cell per column. */
    public Builder row(Cell... cells) {
      rows.add(List.of(cells));
      return this;
    }

    /**
     * Returns the table.
     *
     * @throws IllegalArgumentException if a row has more or fewer cells than there are columns
     */
    public Table build() {
      return new Table(id, title, columns, rows);
    }
  }
}
