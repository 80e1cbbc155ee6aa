package io.github.sparkpysocial.streaming.view;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is computed of records, by a batch and by a stream alike. The equivalence kit of the testkit
 * tells whether a function gives the same by both.
 *
 * @param function from records to the rows of the view. In a stream it runs in output mode {@code
 *     update}: a row replaces the one of its key
 * @param key the columns that make a row the same row, at least one; never null in a row
 */
public record View(UnaryOperator<Dataset<Row>> function, List<String> key) {
  /** Checks the parts. */
  public View {
    Objects.requireNonNull(function, "function");
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("Name the columns that make a row of the view the same");
    }
  }

  /** Returns a view. */
  public static View of(UnaryOperator<Dataset<Row>> function, String... key) {
    return new View(function, List.of(key));
  }
}
