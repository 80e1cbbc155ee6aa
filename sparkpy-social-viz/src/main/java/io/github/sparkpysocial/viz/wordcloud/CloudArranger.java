package io.github.sparkpysocial.viz.wordcloud;

import io.github.sparkpysocial.viz.internal.TextShape;
import io.github.sparkpysocial.viz.internal.Texts;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Places the terms, heaviest first: each is put on one of all places where its box is free, every
 * one equally likely.
 *
 * <p>All terms share one scale. It starts where their boxes would cover most of the picture and
 * becomes smaller until all of them fit; only then a single term that still finds no place is
 * shrunk further, down to what can still be read.
 */
final class CloudArranger {
  private static final double FIRST_FILL = 1.0;
  private static final double SCALE_STEP = 0.97;
  private static final int MOST_ATTEMPTS = 24;
  private static final double SHRINK_STEP = 0.88;
  private static final double LEAST_READABLE = 6;
  private static final double WORD_GAP = 0.09;
  private static final double EDGE = 0.97;
  private static final int MOST_CELLS = 640_000;

  /** A term with its shape; {@code height} is 1 for the heaviest term. */
  private record Candidate(
      WeightedTerm term, String shown, double height, TextShape shape, boolean vertical) {}

  private final WordCloud cloud;
  private final int width;
  private final int height;
  // Pixels of the picture per cell of the grid.
  private final double cell;
  private final int columns;
  private final int rows;
  private final int margin;
  private final boolean bothDirections;
  private final CellGrid outside;

  CloudArranger(WordCloud cloud) {
    this.cloud = cloud;
    this.width = cloud.size().width();
    this.height = cloud.size().height();
    this.cell = Math.max(1, Math.sqrt((double) width * height / MOST_CELLS));
    this.columns = (int) (width / cell);
    this.rows = (int) (height / cell);
    // Two pixels around each term.
    this.bothDirections = cloud.horizontalShare() > 0 && cloud.horizontalShare() < 1;
    this.margin = (int) Math.max(1, Math.round(2 / cell));
    this.outside = new CellGrid(columns, rows);
    Mask mask = cloud.mask();
    if (mask != null) {
      mask.takeOutside(outside, columns, rows);
    }
  }

  WordCloudLayout arrange() {
    List<SkippedTerm> skipped = new ArrayList<>();
    List<Candidate> candidates = candidates(skipped);
    if (candidates.isEmpty()) {
      return new WordCloudLayout(List.of(), skipped);
    }
    double scale = firstScale(candidates);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Attempt tried = new Attempt(scale, false);
      if (tried.placeAll(candidates)) {
        return new WordCloudLayout(tried.placed, skipped);
      }
      scale *= SCALE_STEP;
    }
    Attempt last = new Attempt(scale, true);
    last.placeAll(candidates);
    skipped.addAll(last.skipped);
    return new WordCloudLayout(last.placed, skipped);
  }

  private List<Candidate> candidates(List<SkippedTerm> skipped) {
    List<WeightedTerm> sorted = new ArrayList<>(cloud.terms());
    sorted.sort(
        Comparator.comparingDouble(WeightedTerm::weight)
            .reversed()
            .thenComparing(WeightedTerm::text));
    SplittableRandom random = new SplittableRandom(cloud.seed());
    List<Candidate> candidates = new ArrayList<>(sorted.size());
    double heaviest = sorted.isEmpty() ? 1 : sorted.get(0).weight();
    for (WeightedTerm term : sorted) {
      String shown = Texts.shorten(term.text(), Texts.WORD);
      // Drawn for every term, so that one term more or less leaves the others as they are.
      boolean vertical = random.nextDouble() >= cloud.horizontalShare();
      if (shown.isBlank()) {
        skipped.add(
            new SkippedTerm(term, "it has no character that can be drawn; leave the term out"));
        continue;
      }
      TextShape shape = TextShape.of(shown);
      if (shape.ink(1).isEmpty()) {
        skipped.add(
            new SkippedTerm(
                term, "no font of this machine can draw it; install one for its script"));
        continue;
      }
      if (candidates.isEmpty() && cloud.horizontalShare() > 0) {
        vertical = false;
      }
      candidates.add(
          new Candidate(term, shown, Math.sqrt(term.weight() / heaviest), shape, vertical));
    }
    return candidates;
  }

  private double leastSize() {
    return Math.max(LEAST_READABLE, Math.min(14, Math.min(width, height) / 45.0));
  }

  /** Returns the font size of the heaviest term at which the boxes cover most of the picture. */
  private double firstScale(List<Candidate> candidates) {
    double area = 0;
    double limit = Double.MAX_VALUE;
    for (Candidate candidate : candidates) {
      Rectangle2D ink = candidate.shape().ink(candidate.height());
      double wide = ink.getWidth();
      double high = ink.getHeight();
      area += wide * high;
      boolean heaviest = limit == Double.MAX_VALUE;
      if (heaviest) {
        limit =
            candidate.vertical()
                ? Math.min(EDGE * height / wide, EDGE * width / high)
                : Math.min(EDGE * width / wide, EDGE * height / high);
      }
    }
    return Math.min(limit, Math.sqrt(FIRST_FILL * outside.free() * cell * cell / area));
  }

  /** One try to place all terms at one scale. */
  private final class Attempt {
    private final double scale;
    private final boolean shrinking;
    private final SplittableRandom random = new SplittableRandom(cloud.seed()).split();
    private final CellGrid grid = new CellGrid(columns, rows);
    private final List<PlacedTerm> placed = new ArrayList<>();
    private final List<SkippedTerm> skipped = new ArrayList<>();

    Attempt(double scale, boolean shrinking) {
      this.scale = scale;
      this.shrinking = shrinking;
      grid.take(outside);
    }

    boolean placeAll(List<Candidate> candidates) {
      for (Candidate candidate : candidates) {
        double size = Math.max(leastSize(), scale * candidate.height());
        PlacedTerm term = place(candidate, size, candidate.vertical());
        if (term == null && bothDirections) {
          term = place(candidate, size, !candidate.vertical());
        }
        while (term == null && shrinking && size * SHRINK_STEP >= LEAST_READABLE) {
          size *= SHRINK_STEP;
          term = place(candidate, size, candidate.vertical());
        }
        if (term != null) {
          placed.add(term);
        } else if (shrinking) {
          skipped.add(
              new SkippedTerm(
                  candidate.term(),
                  "the picture is full; make it larger or draw fewer terms than "
                      + cloud.terms().size()));
        } else {
          return false;
        }
      }
      return true;
    }

    private @Nullable PlacedTerm place(Candidate candidate, double size, boolean vertical) {
      TextShape shape = candidate.shape();
      Rectangle2D ink = shape.ink(size);
      int ends = ends(size);
      int aside = vertical ? margin : ends;
      int above = vertical ? ends : margin;
      int inkWidth = cells(vertical ? ink.getHeight() : ink.getWidth());
      int inkHeight = cells(vertical ? ink.getWidth() : ink.getHeight());
      int spot = grid.place(inkWidth + 2 * aside, inkHeight + 2 * above, random);
      if (spot < 0) {
        return null;
      }
      int column = spot % columns + aside;
      int row = spot / columns + above;
      take(shape, size, vertical, column, row, ink);
      // Where the base line starts, in cells.
      double startX = column + (vertical ? -ink.getY() : -ink.getX()) / cell;
      double startY = row + (vertical ? inkHeight + ink.getX() / cell : -ink.getY() / cell);
      return new PlacedTerm(
          candidate.term(),
          candidate.shown(),
          size,
          vertical,
          startX * cell,
          startY * cell,
          shape.advance(size),
          (int) Math.floor(column * cell),
          (int) Math.floor(row * cell),
          (int) Math.ceil(inkWidth * cell),
          (int) Math.ceil(inkHeight * cell));
    }

    /** Returns how many cells stay free before and behind a term, as between words of a line. */
    private int ends(double size) {
      return Math.max(margin, (int) Math.round(size * WORD_GAP / cell));
    }

    private int cells(double pixels) {
      return (int) Math.ceil(pixels / cell) + 1;
    }

    /**
     * Takes what the term covers: in every line of cells all from its first to its last ink and a
     * margin. So nothing stands between two letters, but may stand beside a tall one.
     */
    private void take(
        TextShape shape, double size, boolean vertical, int column, int row, Rectangle2D ink) {
      int lines = cells(ink.getHeight());
      int along = cells(ink.getWidth());
      int ends = ends(size);
      int[] first = new int[lines];
      int[] last = new int[lines];
      shape.cover(size, cell, first, last);
      for (int line = 0; line < lines; line++) {
        if (last[line] < first[line]) {
          continue;
        }
        int from = first[line] - ends;
        int to = Math.min(along, last[line] + 1) - 1 + ends;
        if (vertical) {
          // From bottom to top: what is first on the line is lowest in the picture.
          for (int y = row + along - 1 - to; y <= row + along - 1 - from; y++) {
            grid.take(y, column + line - margin, column + line + margin);
          }
        } else {
          for (int y = row + line - margin; y <= row + line + margin; y++) {
            grid.take(y, column + from, column + to);
          }
        }
      }
    }
  }
}
