package io.github.sparkpysocial.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Labels that people gave: a column of the schema, or one that survives in the raw JSON. */
final class Labels {
  private Labels() {}

  /**
   * Returns the posts with the column of labels.
   *
   * @throws Failure if no post has a label; the message names the columns there are
   */
  static Dataset<Row> of(Dataset<Row> posts, String label, PlaceUri place) {
    Dataset<Row> labelled =
        List.of(posts.columns()).contains(label) ? posts : Frames.withRawColumn(posts, label);
    if (labelled.where(labelled.col("`" + label.replace("`", "``") + "`").isNotNull()).isEmpty()) {
      throw Failure.failed(
          "No post of "
              + place
              + " has a value in column '"
              + label
              + "'; name one of "
              + String.join(", ", columns(posts)),
          null);
    }
    return labelled;
  }

  /** Returns the names in the raw JSON of the first post, or else the columns of all posts. */
  private static Set<String> columns(Dataset<Row> posts) {
    Set<String> names = new TreeSet<>();
    for (Row row : posts.select("raw").where("raw IS NOT NULL").limit(1).collectAsList()) {
      try {
        new ObjectMapper().readTree(row.getString(0)).fieldNames().forEachRemaining(names::add);
      } catch (JsonProcessingException e) {
        names.clear(); // a raw text that is no JSON tells no names
      }
    }
    return names.isEmpty() ? new TreeSet<>(List.of(posts.columns())) : names;
  }
}
