package io.github.sparkpysocial.viz.wordcloud;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;
import java.util.Objects;

/**
 * The terms that mark one of two corpora against the other: a point at the log-odds ratio of each,
 * with the line that holds it with 95 % confidence. What marks the first stands to the right.
 *
 * @param title what stands above it, or an empty text
 * @param first the name of the first corpus
 * @param second the name of the second
 * @param terms the terms, from above to below; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record ComparisonChart(
    String title, String first, String second, List<ComparedTerm> terms, Size size)
    implements Figure {
  private static final int WIDTH = 960;
  private static final int ROW = 24;
  private static final int AROUND = 140;
  private static final int TALLEST = 4000;

  public ComparisonChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    terms = List.copyOf(terms);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a chart that is 960 pixels wide and as high as its terms need. */
  public static ComparisonChart of(String first, String second, List<ComparedTerm> terms) {
    int height = Math.min(TALLEST, AROUND + ROW * Math.max(6, terms.size()));
    return new ComparisonChart(
        first + " against " + second, first, second, terms, Size.of(WIDTH, height));
  }

  /** Returns the same chart with this title. */
  public ComparisonChart withTitle(String title) {
    return new ComparisonChart(title, first, second, terms, size);
  }

  /** Returns the same chart in this size. */
  public ComparisonChart withSize(Size size) {
    return new ComparisonChart(title, first, second, terms, size);
  }

  @Override
  public String summary() {
    if (terms.isEmpty()) {
      return "Comparison of two corpora without telling terms.";
    }
    return "Log-odds ratios of %s: %s. %s."
        .formatted(
            terms.size() == 1 ? "one term" : Texts.number(terms.size()) + " terms",
            telling(first, terms.stream().filter(term -> term.logOdds() > 0).toList()),
            telling(second, terms.stream().filter(term -> term.logOdds() < 0).toList()));
  }

  private static String telling(String name, List<ComparedTerm> terms) {
    String shown = Texts.shorten(name, Texts.LABEL);
    if (terms.isEmpty()) {
      return "nothing marks " + shown;
    }
    return "what marks "
        + shown
        + " most is "
        + String.join(
            ", ",
            terms.stream()
                .sorted((a, b) -> Double.compare(Math.abs(b.zScore()), Math.abs(a.zScore())))
                .limit(3)
                .map(term -> Texts.shorten(term.text(), Texts.WORD))
                .toList());
  }
}
