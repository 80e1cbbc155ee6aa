package io.github.sparkpysocial.viz.wordcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.internal.TextShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCloudTest {
  private static final List<WeightedTerm> SIXTY = zipf(60);

  /** Terms whose weights fall as words of a language do. */
  private static List<WeightedTerm> zipf(int count) {
    List<WeightedTerm> terms = new ArrayList<>();
    for (int rank = 1; rank <= count; rank++) {
      terms.add(WeightedTerm.counted("word" + Integer.toString(rank * 7919, 36), 10_000 / rank));
    }
    return terms;
  }

  @Test
  void theSameSeedGivesTheSameLayoutAndAnotherSeedAnother() {
    WordCloud cloud = WordCloud.of(SIXTY);

    assertThat(cloud.layout()).isEqualTo(WordCloud.of(SIXTY).layout());
    assertThat(cloud.withSeed(7).layout()).isNotEqualTo(cloud.layout());
  }

  @Test
  void theOrderOfTheTermsDoesNotMatter() {
    List<WeightedTerm> shuffled = new ArrayList<>(SIXTY);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(WordCloud.of(shuffled).layout()).isEqualTo(WordCloud.of(SIXTY).layout());
  }

  @Test
  void everyTermIsInsideThePicture() {
    WordCloud cloud = WordCloud.of(SIXTY).withSize(Size.of(700, 420));

    WordCloudLayout layout = cloud.layout();

    assertThat(layout.skipped()).isEmpty();
    assertThat(layout.placed()).hasSize(60);
    assertThat(layout.placed())
        .allSatisfy(
            term -> {
              assertThat(term.left()).isNotNegative();
              assertThat(term.top()).isNotNegative();
              assertThat(term.left() + term.width()).isLessThanOrEqualTo(700);
              assertThat(term.top() + term.height()).isLessThanOrEqualTo(420);
            });
  }

  @Test
  void noTwoTermsOverlap() {
    for (Size size : List.of(Size.of(640, 360), Size.of(1200, 900))) {
      WordCloud cloud = WordCloud.of(zipf(80)).withSize(size).withHorizontalShare(0.6);

      WordCloudLayout layout = cloud.layout();

      assertThat(layout.placed()).hasSize(80);
      boolean[] inked = new boolean[size.width() * size.height()];
      int overlapping = 0;
      for (PlacedTerm term : layout.placed()) {
        BufferedImage image = draw(term);
        for (int y = 0; y < image.getHeight(); y++) {
          for (int x = 0; x < image.getWidth(); x++) {
            if ((image.getRGB(x, y) & 0xFF) > 0) {
              int pixel = (term.top() + y - AROUND) * size.width() + term.left() + x - AROUND;
              overlapping += inked[pixel] ? 1 : 0;
              inked[pixel] = true;
            }
          }
        }
      }
      assertThat(overlapping).isZero();
    }
  }

  private static final int AROUND = 3;

  /** Draws a term with the pixels around its box, where it should have no ink. */
  private static BufferedImage draw(PlacedTerm term) {
    BufferedImage image =
        new BufferedImage(
            term.width() + 2 * AROUND, term.height() + 2 * AROUND, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.translate(term.x() - term.left() + AROUND, term.y() - term.top() + AROUND);
    if (term.vertical()) {
      graphics.rotate(-Math.PI / 2);
    }
    TextShape.of(term.shown()).draw(graphics, term.fontSize());
    graphics.dispose();
    return image;
  }

  @Test
  void theTermsFillThePicture() {
    WordCloud cloud = WordCloud.of(zipf(120));

    double boxes =
        cloud.layout().placed().stream().mapToDouble(term -> term.width() * term.height()).sum();

    assertThat(boxes / (cloud.size().width() * cloud.size().height())).isGreaterThan(0.4);
  }

  @Test
  void heavierTermsAreNeverSmaller() {
    List<PlacedTerm> placed = WordCloud.of(SIXTY).layout().placed();

    assertThat(placed)
        .isSortedAccordingTo(Comparator.comparingDouble(PlacedTerm::fontSize).reversed());
    PlacedTerm first = placed.get(0);
    PlacedTerm fourth = placed.get(3);
    assertThat(first.fontSize() / fourth.fontSize())
        .isCloseTo(
            Math.sqrt(first.term().weight() / fourth.term().weight()),
            org.assertj.core.data.Offset.offset(0.001));
  }

  @Test
  void theShareOfHorizontalTermsIsKept() {
    WordCloud cloud = WordCloud.of(zipf(100)).withSize(Size.of(800, 600));

    assertThat(vertical(cloud.withHorizontalShare(1))).isZero();
    assertThat(vertical(cloud.withHorizontalShare(0))).isEqualTo(100);
    assertThat(vertical(cloud.withHorizontalShare(0.5))).isBetween(35L, 65L);
  }

  private static long vertical(WordCloud cloud) {
    return cloud.layout().placed().stream().filter(PlacedTerm::vertical).count();
  }

  @Test
  void noTermIsDroppedSilently() {
    List<WeightedTerm> terms = new ArrayList<>(zipf(400));
    terms.add(WeightedTerm.counted("\u0000\u202E \n", 5));

    WordCloudLayout layout = WordCloud.of(terms).withSize(Size.of(120, 80)).layout();

    assertThat(layout.placed().size() + layout.skipped().size()).isEqualTo(401);
    assertThat(layout.skipped()).isNotEmpty();
    assertThat(layout.skipped())
        .extracting(SkippedTerm::reason)
        .contains(
            "it has no character that can be drawn; leave the term out",
            "the picture is full; make it larger or draw fewer terms than 401");
  }

  @Test
  void anyScriptAndEmojiFindTheirPlace() {
    List<WeightedTerm> terms =
        List.of(
            WeightedTerm.counted("streaming", 9),
            WeightedTerm.counted("مرحبا", 8),
            WeightedTerm.counted("日本語", 7),
            WeightedTerm.counted("हिन्दी", 6),
            WeightedTerm.counted("🔥🚀", 5),
            WeightedTerm.counted("👩‍💻", 4));

    WordCloudLayout layout = WordCloud.of(terms).layout();

    assertThat(layout.skipped()).isEmpty();
    assertThat(layout.placed())
        .allSatisfy(term -> assertThat(term.length()).isGreaterThan(term.fontSize() / 2));
  }

  @Test
  void oneTermFillsThePictureAndNoTermIsAnEmptyLayout() {
    PlacedTerm only = WordCloud.of(List.of(WeightedTerm.of("spark", 1))).layout().placed().get(0);

    assertThat(only.width()).isGreaterThan(WordCloud.of(List.of()).size().width() * 3 / 4);
    assertThat(WordCloud.of(List.of()).layout().placed()).isEmpty();
  }

  @Test
  void aVeryLongTermIsCut() {
    WordCloudLayout layout =
        WordCloud.of(List.of(WeightedTerm.of("a".repeat(1_000_000), 1))).layout();

    assertThat(layout.placed().get(0).shown()).hasSize(33).endsWith("…");
  }

  @Test
  void aWeightThatIsNoNumberIsRefused() {
    for (double weight : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WeightedTerm.of("spark", weight))
          .withMessage("The weight of a term is a finite number above 0, was " + weight);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordCloud.of(SIXTY).withHorizontalShare(1.5))
        .withMessageContaining("between 0 and 1, was 1.5");
  }

  @Test
  void wordsStandInsideTheMaskOnly() {
    BufferedImage ring = new BufferedImage(200, 100, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = ring.createGraphics();
    graphics.setColor(Color.BLACK);
    graphics.fillOval(50, 0, 100, 100);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(85, 35, 30, 30);
    graphics.dispose();
    Ellipse2D outer = new Ellipse2D.Double(200, 0, 400, 400);
    for (Mask mask : List.of(Mask.of(ring), Mask.of(shape(outer)))) {
      WordCloud cloud = WordCloud.of(SIXTY).withSize(Size.of(800, 400)).withMask(mask);

      WordCloudLayout layout = cloud.layout();

      assertThat(layout.placed()).hasSize(60);
      Ellipse2D hole = new Ellipse2D.Double(345, 145, 110, 110);
      assertThat(layout.placed())
          .allSatisfy(
              term -> {
                assertThat(
                        outer.contains(
                            term.left() + term.width() / 2.0, term.top() + term.height() / 2.0))
                    .isTrue();
                assertThat(
                        outer
                            .getBounds2D()
                            .contains(term.left(), term.top(), term.width(), term.height()))
                    .isTrue();
                assertThat(
                        hole.intersects(
                            term.left() + 4, term.top() + 4, term.width() - 8, term.height() - 8))
                    .isFalse();
              });
    }
  }

  private static Area shape(Ellipse2D outer) {
    Area ring = new Area(outer);
    ring.subtract(new Area(new Ellipse2D.Double(340, 140, 120, 120)));
    return ring;
  }

  @Test
  void aMaskWithoutRoomIsRefused(@TempDir Path folder) throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.of(new BufferedImage(5, 5, BufferedImage.TYPE_INT_ARGB)))
        .withMessageContaining("No part of the mask is dark");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.of(new Ellipse2D.Double(1, 1, 0, 4)))
        .withMessageContaining("A mask has an area");
    Path text = Files.writeString(folder.resolve("mask.png"), "no image");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Mask.read(text))
        .withMessageContaining("it is no PNG, JPEG, GIF or BMP image");
  }

  @Test
  void coloursTellTheWeightOrTheSentiment() {
    List<WeightedTerm> terms =
        List.of(
            WeightedTerm.of("heavy", 100).withSentiment(1),
            WeightedTerm.of("light", 2).withSentiment(-1),
            WeightedTerm.of("middling", 30));

    String byWeight = Exporters.svg().toSvg(WordCloud.of(terms).withColouring(Colouring.WEIGHT));
    String bySentiment =
        Exporters.svg().toSvg(WordCloud.of(terms).withColouring(Colouring.SENTIMENT));

    assertThat(fill(byWeight, "heavy")).isEqualTo("#174ea6").isNotEqualTo(fill(byWeight, "light"));
    assertThat(fill(bySentiment, "heavy")).isEqualTo("#174ea6");
    assertThat(fill(bySentiment, "light")).isEqualTo("#c2410c");
    assertThat(fill(bySentiment, "middling")).isEqualTo("#5a6372");
    assertThat(bySentiment).contains("negative", "neutral or not known", "positive");
  }

  @Test
  void termsOfOneGroupShareAColourAndTheGroupsAreNamed() {
    List<WeightedTerm> terms =
        List.of(
            WeightedTerm.of("kafka", 9).withGroup("streaming"),
            WeightedTerm.of("window", 5).withGroup("streaming"),
            WeightedTerm.of("kmeans", 7).withGroup("learning"),
            WeightedTerm.of("lda", 3).withGroup("learning"));

    String svg = Exporters.svg().toSvg(WordCloud.of(terms).withColouring(Colouring.GROUP));

    assertThat(fill(svg, "kafka")).isEqualTo(fill(svg, "window")).isNotEqualTo(fill(svg, "kmeans"));
    assertThat(fill(svg, "kmeans")).isEqualTo(fill(svg, "lda"));
    assertThat(fill(svg, "streaming")).as("legend").isNotEmpty();
    assertThat(svg).contains("learning");
  }

  private static String fill(String svg, String word) {
    return Documents.elements(Documents.parse(svg), "text").stream()
        .filter(text -> text.getTextContent().endsWith(word))
        .map(text -> text.getAttribute("fill"))
        .findFirst()
        .orElseThrow();
  }
}
