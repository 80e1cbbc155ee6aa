package io.github.sparkpysocial.viz.wordcloud;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A term and how much it matters.
 *
 * @param text the term, in any script; longer than 32 characters it is drawn cut
 * @param weight how much it matters, above 0; only the ratio to other weights counts
 * @param count how often it occurs, which a page shows on hover, or {@code null} if not counted
 * @param examples texts that hold the term, which a page shows on hover; may be empty
 * @param group what the term belongs to: terms of one group share a colour; {@code null} for none
 * @param sentiment how the term is meant, from -1 (negative) to 1 (positive), or {@code null} if
 *     not known
 */
public record WeightedTerm(
    String text,
    double weight,
    @Nullable Long count,
    List<String> examples,
    @Nullable String group,
    @Nullable Double sentiment) {

  public WeightedTerm {
    Objects.requireNonNull(text, "text");
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "The weight of a term is a finite number above 0, was " + weight);
    }
    if (count != null && count < 0) {
      throw new IllegalArgumentException("The count of a term is at least 0, was " + count);
    }
    examples = List.copyOf(examples);
    if (sentiment != null && !(sentiment >= -1 && sentiment <= 1)) {
      throw new IllegalArgumentException(
          "The sentiment of a term lies between -1 and 1, was " + sentiment);
    }
  }

  /** Returns a term of this weight, not counted, without examples. */
  public static WeightedTerm of(String text, double weight) {
    return new WeightedTerm(text, weight, null, List.of(), null, null);
  }

  /** Returns a term that occurs this often, with that as its weight. */
  public static WeightedTerm counted(String text, long count) {
    return new WeightedTerm(text, count, count, List.of(), null, null);
  }

  /** Returns the same term with how often it occurs. */
  public WeightedTerm withCount(long count) {
    return new WeightedTerm(text, weight, count, examples, group, sentiment);
  }

  /** Returns the same term with texts that hold it; a page shows the first three. */
  public WeightedTerm withExamples(List<String> examples) {
    return new WeightedTerm(text, weight, count, examples, group, sentiment);
  }

  /** Returns the same term as part of this group. */
  public WeightedTerm withGroup(String group) {
    return new WeightedTerm(
        text, weight, count, examples, Objects.requireNonNull(group, "group"), sentiment);
  }

  /** Returns the same term, meant like this: from -1 (negative) to 1 (positive). */
  public WeightedTerm withSentiment(double sentiment) {
    return new WeightedTerm(text, weight, count, examples, group, sentiment);
  }
}
