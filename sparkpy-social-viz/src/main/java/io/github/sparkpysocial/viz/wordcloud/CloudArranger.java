package io.github.sparkpysocial.viz.wordcloud;

import io.github.sparkpysocial.viz.internal.TextShape;
import io.github.sparkpysocial.viz.internal.Texts;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Places the terms, heaviest first: each is put on one of all places where its box is free, every
 * one equally likely. An integral image over the occupied cells tells whether a box is free in four
 * look-ups (Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984).
 *
 * <p>All terms share one scale. It starts where their boxes would cover most of the picture and
 * becomes smaller until all of them fit; only then a single term that still finds no place is
 * shrunk further, down to what can still be read.
 */
final class CloudArranger {
  private static final double FIRST_FILL = 0.86;
  private static final double SCALE_STEP = 0.93;
  private static final int MOST_ATTEMPTS = 12;
  private static final double SHRINK_STEP = 0.88;
  private static final double LEAST_READABLE = 6;
  private static final double EDGE = 0.97;
  private static final int MOST_CELLS = 400_000;

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
    return Math.min(limit, Math.sqrt(FIRST_FILL * width * height / area));
  }

  /** One try to place all terms at one scale. */
  private final class Attempt {
    private final double scale;
    private final boolean shrinking;
    private final SplittableRandom random = new SplittableRandom(cloud.seed()).split();
    private final boolean[] occupied = new boolean[columns * rows];
    private final int[] sums = new int[(columns + 1) * (rows + 1)];
    private final int[] freeInRow = new int[rows];
    private final List<PlacedTerm> placed = new ArrayList<>();
    private final List<SkippedTerm> skipped = new ArrayList<>();

    Attempt(double scale, boolean shrinking) {
      this.scale = scale;
      this.shrinking = shrinking;
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
      int boxWidth = cells(vertical ? ink.getHeight() : ink.getWidth()) + 2 * margin;
      int boxHeight = cells(vertical ? ink.getWidth() : ink.getHeight()) + 2 * margin;
      if (boxWidth > columns || boxHeight > rows) {
        return null;
      }
      int spot = freeSpot(boxWidth, boxHeight);
      if (spot < 0) {
        return null;
      }
      int column = spot % columns;
      int row = spot / columns;
      // Where the base line starts, in cells from the corner of the box.
      double startX = margin + (vertical ? -ink.getY() : -ink.getX()) / cell;
      double startY = margin + (vertical ? ink.getMaxX() : -ink.getY()) / cell;
      occupy(shape, size, vertical, column, row, boxWidth, boxHeight, startX, startY);
      return new PlacedTerm(
          candidate.term(),
          candidate.shown(),
          size,
          vertical,
          (column + startX) * cell,
          (row + startY) * cell,
          shape.advance(size),
          (int) Math.floor((column + margin) * cell),
          (int) Math.floor((row + margin) * cell),
          (int) Math.ceil((boxWidth - 2 * margin) * cell),
          (int) Math.ceil((boxHeight - 2 * margin) * cell));
    }

    private int cells(double pixels) {
      return (int) Math.ceil(pixels / cell) + 1;
    }

    /** Returns the cell of the upper left corner of a free box, or -1 if there is none. */
    private int freeSpot(int boxWidth, int boxHeight) {
      long free = 0;
      int lastColumn = columns - boxWidth;
      int lastRow = rows - boxHeight;
      for (int row = 0; row <= lastRow; row++) {
        freeInRow[row] = countFree(row, boxWidth, boxHeight, lastColumn);
        free += freeInRow[row];
      }
      if (free == 0) {
        return -1;
      }
      long chosen = random.nextLong(free);
      int row = 0;
      while (chosen >= freeInRow[row]) {
        chosen -= freeInRow[row];
        row++;
      }
      int top = row * (columns + 1);
      int bottom = (row + boxHeight) * (columns + 1);
      for (int column = 0; ; column++) {
        int right = column + boxWidth;
        if (sums[bottom + right] - sums[top + right] == sums[bottom + column] - sums[top + column]
            && chosen-- == 0) {
          return row * columns + column;
        }
      }
    }

    private int countFree(int row, int boxWidth, int boxHeight, int lastColumn) {
      int top = row * (columns + 1);
      int bottom = (row + boxHeight) * (columns + 1);
      int free = 0;
      for (int column = 0; column <= lastColumn; column++) {
        int right = column + boxWidth;
        if (sums[bottom + right] - sums[top + right]
            == sums[bottom + column] - sums[top + column]) {
          free++;
        }
      }
      return free;
    }

    /**
     * Marks what the term covers: in every line of cells all from its first to its last ink and a
     * margin. So nothing stands between two letters, but may stand beside a tall one.
     */
    private void occupy(
        TextShape shape,
        double size,
        boolean vertical,
        int column,
        int row,
        int boxWidth,
        int boxHeight,
        double startX,
        double startY) {
      BufferedImage image = new BufferedImage(boxWidth, boxHeight, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.translate(startX, startY);
      graphics.scale(1 / cell, 1 / cell);
      if (vertical) {
        graphics.rotate(-Math.PI / 2);
      }
      shape.draw(graphics, size);
      graphics.dispose();
      byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      int lines = vertical ? boxWidth : boxHeight;
      int along = vertical ? boxHeight : boxWidth;
      for (int line = 0; line < lines; line++) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < along; i++) {
          if (pixels[vertical ? i * boxWidth + line : line * boxWidth + i] != 0) {
            first = first < 0 ? i : first;
            last = i;
          }
        }
        if (first >= 0) {
          for (int across = Math.max(0, line - margin);
              across <= Math.min(lines - 1, line + margin);
              across++) {
            for (int i = Math.max(0, first - margin);
                i <= Math.min(along - 1, last + margin);
                i++) {
              int x = column + (vertical ? across : i);
              int y = row + (vertical ? i : across);
              occupied[y * columns + x] = true;
            }
          }
        }
      }
      sumFrom(row);
    }

    private void sumFrom(int firstRow) {
      for (int row = firstRow; row < rows; row++) {
        int above = row * (columns + 1);
        int here = above + columns + 1;
        int line = 0;
        for (int column = 0; column < columns; column++) {
          line += occupied[row * columns + column] ? 1 : 0;
          sums[here + column + 1] = sums[above + column + 1] + line;
        }
      }
    }
  }
}
