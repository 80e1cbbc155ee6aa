package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.LocalPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.TermWeights;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cluster of a text with a model that {@link TextClusteringModel#save} has saved, in a
 * plain JVM: no class of Spark is needed, and the answers are those of Spark's batches and streams.
 *
 * <pre>{@code
 * ClusterScorer scorer = ClusterScorer.load(Path.of("brands.model"));
 * int cluster = scorer.cluster("Loving the new #Spark release");
 * }</pre>
 *
 * <p>The files, for readers in other languages; arrays are in NumPy's format, row after row:
 *
 * <ul>
 *   <li>{@code model.json}: {@code kind}, {@code schemaVersion}, {@code textCol}, {@code
 *       predictionCol}, {@code membership}: {@code nearest}, {@code tree} or {@code mixture}
 *   <li>{@code vocabulary.json}: the terms, an array of n texts; {@code idf.npy}: n numbers
 *   <li>{@code directions.npy}: n rows of d numbers; {@code centres.npy}: a row of d numbers for
 *       each cluster
 *   <li>of a tree, {@code node-centres.npy} and {@code node-splits.npy}: for each node, the root
 *       last, its centre, and its two children and cluster, -1 for none
 *   <li>of a mixture, {@code mixture-weights.npy}, {@code mixture-means.npy}, {@code
 *       mixture-whitening.npy} (a d by d root of each inverse covariance) and {@code
 *       mixture-offsets.npy} (the logarithm of each density at its mean)
 *   <li>{@code card.json}: where the model comes from; {@code report.json}: the {@link
 *       ClusteringReport}
 * </ul>
 *
 * <p>A text's tokens ({@link io.github.sparkpysocial.ml.feature.Tokens}) that are in the vocabulary
 * are weighed by {@code (1 + ln tf) · idf}, divided by their length, multiplied by the directions,
 * divided by their length again; the nearest centre by Euclidean distance is the cluster, or what
 * the tree or the mixture says. Immutable and thread-safe; all of the model is in memory.
 */
public final class ClusterScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What {@code model.json} calls such a model. */
  public static final String KIND = "text-clustering";

  /** The version of the files that this version of the library writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  static final ModelDirectory.Kind FILES = new ModelDirectory.Kind(KIND, SCHEMA_VERSION);

  private static final String VOCABULARY = "vocabulary.json";
  private static final String IDF = "idf.npy";
  private static final String DIRECTIONS = "directions.npy";
  private static final String CENTRES = "centres.npy";

  private final PostSpace space;
  private final Membership membership;
  private final double[][] centres;

  /**
   * @param centres the mean of each cluster
   */
  ClusterScorer(PostSpace space, Membership membership, double[][] centres) {
    this.space = space;
    this.membership = membership;
    this.centres = Arrays.stream(centres).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Loads a saved model.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static ClusterScorer load(Path directory) throws IOException {
    return load(ModelDirectory.open(new LocalPlace(directory), FILES));
  }

  static ClusterScorer load(ModelDirectory files) throws IOException {
    String[] terms = files.json(VOCABULARY, String[].class);
    double[] idf = files.doubles(IDF);
    double[] directions = files.doubles(DIRECTIONS);
    double[] centres = files.doubles(CENTRES);
    if (idf.length != terms.length || terms.length == 0 || directions.length % terms.length != 0) {
      throw files.damaged(
          terms.length
              + " terms have "
              + idf.length
              + " weights and "
              + directions.length
              + " numbers of directions");
    }
    int dimensions = directions.length / terms.length;
    if (dimensions == 0 || centres.length == 0 || centres.length % dimensions != 0) {
      throw files.damaged(centres.length + " numbers of centres in " + dimensions + " dimensions");
    }
    double[][] rows = Membership.rows(centres, dimensions);
    return new ClusterScorer(
        new PostSpace(new TermWeights(terms, idf, true), directions, dimensions),
        Membership.load(files, rows),
        rows);
  }

  void save(ModelDirectory.Output files) throws IOException {
    TermWeights weights = space.weights();
    int dimensions = space.dimensions();
    files.json(VOCABULARY, weights.terms());
    files.array(IDF, weights.idf(), weights.size());
    files.array(DIRECTIONS, space.directions(), weights.size(), dimensions);
    files.array(CENTRES, Membership.flat(centres), centres.length, dimensions);
    membership.save(files);
  }

  Map<String, String> description(String textCol, String predictionCol) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("textCol", textCol);
    description.put("predictionCol", predictionCol);
    description.put("membership", membership.kind());
    return description;
  }

  /** Returns where a text lies, a vector of length one, or zero without a known term. */
  public double[] point(String text) {
    return space.point(text);
  }

  /** Returns how many clusters there are. */
  public int clusters() {
    return centres.length;
  }

  /**
   * Returns the number of the text's cluster, from 0, the largest.
   *
   * @param text null is a text without words
   * @return -1 if the text has no term that the model knows
   */
  public int cluster(@Nullable String text) {
    if (text == null) {
      return TextClustering.UNASSIGNED;
    }
    double[] point = space.point(text);
    return PostSpace.saysSomething(point) ? membership.of(point) : TextClustering.UNASSIGNED;
  }

  /** Returns whether {@link #probabilities} are known: those of a Gaussian mixture are. */
  public boolean hasProbabilities() {
    return membership instanceof MixtureMembership;
  }

  /**
   * Returns how likely a text belongs to each cluster, in the order of their numbers.
   *
   * @return empty if the text has no term that the model knows
   * @throws UnsupportedOperationException if the algorithm knows none
   */
  public double[] probabilities(@Nullable String text) {
    if (!hasProbabilities()) {
      throw new UnsupportedOperationException(
          "A text belongs to one of these clusters, without probabilities; only GAUSSIAN_MIXTURE"
              + " knows them");
    }
    double[] point = text == null ? new double[0] : space.point(text);
    return PostSpace.saysSomething(point) ? membership.probabilities(point) : new double[0];
  }
}
