package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole process that draws one word cloud: counts in, picture out. */
public final class CloudProcess {
  private CloudProcess() {}

  /**
   * Draws the cloud.
   *
   * @param args a JSON object of words and counts, the picture to write, width, height
   */
  public static void main(String[] args) throws IOException {
    draw(
        cloud(Path.of(args[0]), Integer.parseInt(args[2]), Integer.parseInt(args[3])),
        Path.of(args[1]));
  }

  static WordCloud cloud(Path counts, int width, int height) throws IOException {
    List<WeightedTerm> terms = new ArrayList<>();
    for (Map.Entry<String, JsonNode> word :
        new ObjectMapper().readTree(counts.toFile()).properties()) {
      terms.add(WeightedTerm.counted(word.getKey(), word.getValue().asLong()));
    }
    return WordCloud.of(terms).withSize(Size.of(width, height));
  }

  static void draw(WordCloud cloud, Path picture) throws IOException {
    Exporters.png(Theme.LIGHT, 1).write(cloud, picture);
  }
}
