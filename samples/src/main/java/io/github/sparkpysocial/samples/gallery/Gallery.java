package io.github.sparkpysocial.samples.gallery;

import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@code docs/gallery.md} and its pictures. */
public final class Gallery {
  private static final Path SOURCES =
      Path.of("src/main/java/io/github/sparkpysocial/samples/gallery");

  private Gallery() {}

  /**
   * Writes the gallery; run in the folder of the samples.
   *
   * @param args the folder of the docs
   */
  public static void main(String[] args) throws IOException {
    Path docs = Path.of(args.length == 0 ? "../docs" : args[0]);
    Map<String, Figure> figures = figures();
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      Exporters.png(Theme.LIGHT, 1)
          .write(figure.getValue(), docs.resolve("images/gallery-" + figure.getKey() + ".png"));
    }
    Files.writeString(docs.resolve("gallery.md"), page(figures, source(SOURCES)));
  }

  /** Returns the lines of the classes that draw the figures. */
  static List<String> source(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("GalleryFigures.java", "GalleryMaps.java")) {
      lines.addAll(Files.readAllLines(folder.resolve(name)));
    }
    return lines;
  }

  /** Returns the figures of a community that is always the same. */
  static Map<String, Figure> figures() {
    return new GalleryFigures(Community.builder().seed(42).posts(1_500).build()).all();
  }

  /** Returns the page, with the code of each figure out of the source. */
  static String page(Map<String, Figure> figures, List<String> source) {
    StringBuilder page =
        new StringBuilder(
            """
            # Gallery

            Each figure is a value: plain records in, one definition, written as an interactive page, as SVG or
            as PNG by `Exporters.write(figure, file)`, which the ending of the file decides. `docs/figures.md`
            says what each can do. The pictures are drawn from the seeded community of the testkit (1,500
            posts, seed 42) by the sample `Gallery`; `posts` are its posts.
            """);
    figures.forEach(
        (name, figure) -> {
          page.append("\n## ").append(figure.title()).append("\n\n");
          page.append("![").append(figure.title()).append("](images/gallery-").append(name);
          page.append(".png)\n\n").append(figure.summary()).append("\n\n```java\n");
          code(source, name).forEach(line -> page.append(line).append('\n'));
          page.append("```\n");
        });
    return page.toString();
  }

  private static List<String> code(List<String> source, String name) {
    int start = source.indexOf("    // gallery: " + name);
    if (start < 0) {
      throw new IllegalStateException("GalleryFigures marks no code as '" + name + "'");
    }
    List<String> code = new ArrayList<>();
    for (String line : source.subList(start + 1, source.size())) {
      if (line.equals("    // end")) {
        break;
      }
      code.add(line.startsWith("    ") ? line.substring(4) : line);
    }
    return code;
  }
}
