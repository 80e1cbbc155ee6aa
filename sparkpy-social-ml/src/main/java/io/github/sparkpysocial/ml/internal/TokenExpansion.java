package io.github.sparkpysocial.ml.internal;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes more of the tokens of a post than each by itself: what is negated, and which stand side by
 * side. Immutable.
 *
 * @param ngrams up to how many neighbours make a term together, 1 or 2
 * @param negation whether the three words after a negation are marked as {@code not_good}, as Pang
 *     et al. 2002, "Thumbs up?", section 6, do up to the next punctuation
 */
public record TokenExpansion(int ngrams, boolean negation) implements Serializable {
  private static final int REACH = 3;
  private static final String MARK = "not_";

  /** In English, German, French, Spanish, Portuguese and Italian. */
  private static final Set<String> NEGATIONS =
      Set.of(
          "not",
          "no",
          "never",
          "cannot",
          "nor",
          "neither",
          "without",
          "hardly",
          "nothing",
          "nobody",
          "dont",
          "cant",
          "wont",
          "isnt",
          "arent",
          "wasnt",
          "doesnt",
          "didnt",
          "aint",
          "couldnt",
          "wouldnt",
          "shouldnt",
          "havent",
          "hasnt",
          "nicht",
          "kein",
          "keine",
          "keinen",
          "keiner",
          "nie",
          "ohne",
          "pas",
          "jamais",
          "aucun",
          "aucune",
          "sans",
          "nunca",
          "jamás",
          "sin",
          "não",
          "nao",
          "sem",
          "non",
          "mai",
          "senza");

  public TokenExpansion {
    if (ngrams < 1 || ngrams > 2) {
      throw new IllegalArgumentException("ngrams must be 1 or 2, was " + ngrams);
    }
  }

  /** Returns the terms of a post, given its tokens in the order of the text. */
  public List<String> of(List<String> tokens) {
    List<String> terms = negation ? negated(tokens) : new ArrayList<>(tokens);
    if (ngrams == 2) {
      int words = terms.size();
      for (int i = 1; i < words; i++) {
        terms.add(terms.get(i - 1) + ' ' + terms.get(i));
      }
    }
    return terms;
  }

  private static List<String> negated(List<String> tokens) {
    List<String> terms = new ArrayList<>(2 * tokens.size());
    int left = 0;
    for (String token : tokens) {
      boolean word = Character.isLetter(token.codePointAt(0));
      if (NEGATIONS.contains(token) || token.endsWith("n't")) {
        left = REACH;
        terms.add(token);
      } else if (word && left > 0) {
        left--;
        terms.add(MARK + token);
      } else {
        terms.add(token);
      }
    }
    return terms;
  }
}
