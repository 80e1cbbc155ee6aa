package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Makes terms of the tokens of a post and weighs them by {@link TermWeights}, without Spark.
 * Immutable.
 */
public final class TextTerms implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String VOCABULARY = "vocabulary.json";
  private static final String IDF = "idf.npy";

  private final TokenExpansion expansion;
  private final TermWeights weights;

  /**
   * @param vocabulary the terms, in the order of the vector's dimensions
   * @param idf the inverse document frequency of each
   */
  public TextTerms(TokenExpansion expansion, List<String> vocabulary, double[] idf) {
    this.expansion = expansion;
    this.weights = new TermWeights(vocabulary.toArray(new String[0]), idf, true);
  }

  public List<String> vocabulary() {
    return weights.terms();
  }

  public TokenExpansion expansion() {
    return expansion;
  }

  /** Returns the weights of a post, given the tokens of its text. */
  public TermVector weigh(List<String> tokens) {
    return weights.weigh(expansion.of(tokens).iterator());
  }

  public void save(ModelDirectory.Output files) throws IOException {
    files.json(VOCABULARY, weights.terms());
    files.array(IDF, weights.idf(), weights.size());
  }

  public static TextTerms load(ModelDirectory files) throws IOException {
    String[] vocabulary = files.json(VOCABULARY, String[].class);
    double[] idf = files.doubles(IDF);
    if (vocabulary.length != idf.length) {
      throw files.damaged(vocabulary.length + " terms have " + idf.length + " frequencies");
    }
    TokenExpansion expansion =
        new TokenExpansion(
            files.model().path("ngrams").asInt(), files.model().path("negation").asBoolean());
    return new TextTerms(expansion, Arrays.asList(vocabulary), idf);
  }
}
