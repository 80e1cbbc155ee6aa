package io.github.sparkpysocial.samples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.viz.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GalleryTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void theGalleryShowsTheCodeThatDrawsItsPictures() throws IOException {
    Map<String, Figure> figures = Gallery.figures();
    List<String> source =
        Gallery.source(Path.of("src/main/java/io/github/sparkpysocial/samples/gallery"));

    assertThat(Gallery.page(figures, source))
        .as("docs/gallery.md is out of date: run the sample Gallery in the folder of the samples")
        .isEqualTo(Files.readString(DOCS.resolve("gallery.md")));
    for (String name : figures.keySet()) {
      assertThat(DOCS.resolve("images/gallery-" + name + ".png")).isNotEmptyFile();
    }
  }
}
