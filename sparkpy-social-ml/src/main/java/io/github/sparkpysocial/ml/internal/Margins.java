package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.Serializable;

/** How much a post's weights speak for each label, without Spark. */
public sealed interface Margins extends Serializable permits LinearMargins, TreeMargins {

  /** Returns a number for each label; the largest is the prediction. */
  double[] of(TermVector weights);

  void save(ModelDirectory.Output files) throws IOException;

  /** Returns what {@code model.json} calls this kind. */
  String kind();

  static Margins load(ModelDirectory files, int labels, int terms) throws IOException {
    String kind = files.model().path("margins").asText("");
    return switch (kind) {
      case LinearMargins.KIND -> LinearMargins.load(files, labels, terms);
      case TreeMargins.KIND -> TreeMargins.load(files, labels, terms);
      default -> throw files.damaged("margins of kind '" + kind + "' are not known");
    };
  }
}
