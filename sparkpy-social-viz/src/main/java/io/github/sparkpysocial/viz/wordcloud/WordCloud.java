package io.github.sparkpysocial.viz.wordcloud;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Recent;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Weighted terms as a cloud. The height of a term grows with the square root of its weight, so that
 * its area tells the weight; where the terms do not fit at their sizes all become smaller alike,
 * and only the last ones more than that.
 *
 * <p>The same cloud is the same picture, byte for byte, on a machine with the same fonts; another
 * seed gives another arrangement.
 *
 * @param title what stands above it, or an empty text
 * @param terms what is drawn, in any order; may be empty, which draws a note that says so
 * @param size the size of the picture
 * @param horizontalShare how many of the terms are horizontal, from 0 (none) to 1 (all)
 * @param seed what the arrangement is drawn from
 * @param mask the shape that the words fill, or {@code null} for the whole picture
 * @param colouring what the colours say
 */
public record WordCloud(
    String title,
    List<WeightedTerm> terms,
    Size size,
    double horizontalShare,
    long seed,
    @Nullable Mask mask,
    Colouring colouring)
    implements Figure {
  private static final double MOSTLY_HORIZONTAL = 0.9;
  private static final Recent<WordCloud, WordCloudLayout> LAYOUTS = new Recent<>();

  public WordCloud {
    Objects.requireNonNull(title, "title");
    terms = List.copyOf(terms);
    Objects.requireNonNull(size, "size");
    if (!(horizontalShare >= 0 && horizontalShare <= 1)) {
      throw new IllegalArgumentException(
          "The share of horizontal terms lies between 0 and 1, was " + horizontalShare);
    }
    Objects.requireNonNull(colouring, "colouring");
  }

  /** Returns a cloud of 960 by 540 pixels without title, nine of ten terms horizontal, seed 42. */
  public static WordCloud of(List<WeightedTerm> terms) {
    return new WordCloud("", terms, Size.DEFAULT, MOSTLY_HORIZONTAL, 42, null, Colouring.GROUP);
  }

  /** Returns the same cloud with this title. */
  public WordCloud withTitle(String title) {
    return new WordCloud(title, terms, size, horizontalShare, seed, mask, colouring);
  }

  /** Returns the same cloud in this size. */
  public WordCloud withSize(Size size) {
    return new WordCloud(title, terms, size, horizontalShare, seed, mask, colouring);
  }

  /** Returns the same cloud with this share of horizontal terms, from 0 to 1. */
  public WordCloud withHorizontalShare(double horizontalShare) {
    return new WordCloud(title, terms, size, horizontalShare, seed, mask, colouring);
  }

  /** Returns the same terms, arranged from another seed. */
  public WordCloud withSeed(long seed) {
    return new WordCloud(title, terms, size, horizontalShare, seed, mask, colouring);
  }

  /** Returns the same terms inside of this shape. */
  public WordCloud withMask(Mask mask) {
    Objects.requireNonNull(mask, "mask");
    return new WordCloud(title, terms, size, horizontalShare, seed, mask, colouring);
  }

  /** Returns the same cloud in colours that say this. */
  public WordCloud withColouring(Colouring colouring) {
    return new WordCloud(title, terms, size, horizontalShare, seed, mask, colouring);
  }

  /**
   * Arranges the terms. Takes about half a second for 200 terms on 1800 by 1400 pixels; while the
   * cloud is in use, the layouts of the last clouds are kept, so that writing one in several
   * formats arranges it once.
   */
  public WordCloudLayout layout() {
    return LAYOUTS.get(this, cloud -> new CloudArranger(cloud).arrange());
  }

  @Override
  public String summary() {
    if (terms.isEmpty()) {
      return "Word cloud without terms.";
    }
    return "Word cloud of %s. Heaviest: %s."
        .formatted(
            terms.size() == 1 ? "one term" : Texts.number(terms.size()) + " terms",
            terms.stream()
                .sorted(Comparator.comparingDouble(WeightedTerm::weight).reversed())
                .limit(5)
                .map(term -> Texts.shorten(term.text(), Texts.WORD))
                .collect(Collectors.joining(", ")));
  }
}
