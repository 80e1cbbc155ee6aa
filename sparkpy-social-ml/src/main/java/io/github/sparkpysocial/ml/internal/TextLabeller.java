package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Tells the label of a text from its tokens, without Spark; what batch, stream and service have in
 * common. Immutable and thread-safe.
 */
public final class TextLabeller implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String LABELS = "labels.json";

  private final String[] labels;
  private final TextTerms terms;
  private final Margins margins;
  private final double temperature;

  /**
   * @param labels in the order of the margins
   * @param temperature what margins are multiplied by before they become shares
   */
  public TextLabeller(List<String> labels, TextTerms terms, Margins margins, double temperature) {
    this.labels = labels.toArray(new String[0]);
    this.terms = terms;
    this.margins = margins;
    this.temperature = temperature;
  }

  public List<String> labels() {
    return List.of(labels);
  }

  public TextTerms terms() {
    return terms;
  }

  public Margins margins() {
    return margins;
  }

  /** Returns the margins of a post, given the tokens of its text. */
  public double[] margins(List<String> tokens) {
    return margins.of(terms.weigh(tokens));
  }

  /** Returns the label of the largest margin; of equal ones the first. */
  public String label(double[] each) {
    int best = 0;
    for (int i = 1; i < labels.length; i++) {
      best = each[i] > each[best] ? i : best;
    }
    return labels[best];
  }

  /** Returns the confidence in the label of the largest margin. */
  public double confidence(double[] each) {
    return confidence(each, temperature);
  }

  /**
   * Returns the largest share of a softmax over the margins, each multiplied by a temperature (Guo
   * et al. 2017, "On Calibration of Modern Neural Networks", section 4.2).
   */
  public static double confidence(double[] margins, double temperature) {
    double largest = Arrays.stream(margins).max().orElse(0);
    double sum = 0;
    for (double margin : margins) {
      sum += Math.exp(temperature * (margin - largest));
    }
    return 1 / sum;
  }

  /** Returns what {@code model.json} has to say for {@link #load}. */
  public Map<String, Object> description() {
    return Map.of(
        "ngrams",
        terms.expansion().ngrams(),
        "negation",
        terms.expansion().negation(),
        "margins",
        margins.kind(),
        "temperature",
        temperature);
  }

  public void save(ModelDirectory.Output files) throws IOException {
    files.json(LABELS, labels);
    terms.save(files);
    margins.save(files);
  }

  public static TextLabeller load(ModelDirectory files) throws IOException {
    String[] labels = files.json(LABELS, String[].class);
    TextTerms terms = TextTerms.load(files);
    return new TextLabeller(
        Arrays.asList(labels),
        terms,
        Margins.load(files, labels.length, terms.vocabulary().size()),
        files.model().path("temperature").asDouble());
  }
}
