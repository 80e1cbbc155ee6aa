package io.github.sparkpysocial.ml.score;

import io.github.sparkpysocial.ml.feature.PlainTokens;
import io.github.sparkpysocial.ml.internal.LocalPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.TextLabeller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells the label of a text with a model that {@code TextClassificationModel.save} has saved, in a
 * plain JVM: labels and confidences are those of Spark's batches and streams, to the last digit.
 *
 * <pre>{@code
 * TextClassifier classifier = TextClassifier.load(Path.of("topics.model"));
 * LabelScore score = classifier.score("Loving the new #Spark release");
 * }</pre>
 *
 * <p>Immutable and thread-safe; all of the model is in memory.
 */
public final class TextClassifier {
  /** What {@code model.json} calls such a model. */
  public static final String KIND = "text-classification";

  /** The version of the files that this version of the library writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  private final TextLabeller labeller;
  private final ModelCard card;

  private TextClassifier(TextLabeller labeller, ModelCard card) {
    this.labeller = labeller;
    this.card = card;
  }

  /**
   * Loads a saved model.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static TextClassifier load(Path directory) throws IOException {
    ModelDirectory files =
        ModelDirectory.open(
            new LocalPlace(directory), new ModelDirectory.Kind(KIND, SCHEMA_VERSION));
    return new TextClassifier(TextLabeller.load(files), ModelCard.load(files));
  }

  /** Returns the label of a text; that of an empty one if no term is known. */
  public LabelScore score(String text) {
    double[] margins = labeller.margins(PlainTokens.of(text));
    return new LabelScore(labeller.label(margins), labeller.confidence(margins));
  }

  /** Returns the labels it knows, sorted. */
  public List<String> labels() {
    return labeller.labels();
  }

  /** Returns where the model comes from and how good it is. */
  public ModelCard card() {
    return card;
  }
}
