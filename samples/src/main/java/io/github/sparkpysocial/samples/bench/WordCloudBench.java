package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import io.github.sparkpysocial.viz.wordcloud.WordCloudLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Draws two hundred words on 1800 by 1400 pixels, layout and PNG, against Python's wordcloud with
 * the same words and counts: by turns, in a process that is warm, and as a whole process.
 */
public final class WordCloudBench {
  private static final int WIDTH = 1800;
  private static final int HEIGHT = 1400;
  private static final int WORDS = 200;
  private static final int WARM_UP = 12;

  private final Path directory;
  private final Consumer<String> progress;

  /** Creates the benchmark, with its files in this directory. */
  public WordCloudBench(Path directory, Consumer<String> progress) {
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * Draws the most frequent words of a text by turns with Python.
   *
   * @param stopWords words that are left out
   */
  public Map<String, @Nullable Object> ratio(Path text, Set<String> stopWords, int rounds)
      throws IOException, InterruptedException {
    Path counts = counts(text, stopWords);
    Path ours = directory.resolve("ours.png");
    Path theirs = directory.resolve("wordcloud.png");
    Optional<PythonScript> python = PythonScript.find("wordcloud.py", "wordcloud");
    progress.accept("warming up");
    WordCloud cloud = CloudProcess.cloud(counts, WIDTH, HEIGHT);
    for (int i = 0; i < WARM_UP; i++) {
      CloudProcess.draw(again(cloud), ours);
    }
    List<Double> warm = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    List<Double> pythonWarm = new ArrayList<>();
    List<Double> pythonWhole = new ArrayList<>();
    JsonNode drawn = null;
    for (int round = 1; round <= rounds; round++) {
      progress.accept("round " + round + " of " + rounds);
      WordCloud fresh = again(cloud);
      warm.add(seconds(() -> CloudProcess.draw(fresh, ours)));
      whole.add(seconds(() -> process(counts, ours)));
      if (python.isPresent()) {
        PythonScript script = python.get();
        // The second drawing of one process is warm.
        JsonNode twice = script.run(counts, theirs, WIDTH, HEIGHT, 2);
        pythonWarm.add(twice.get("seconds").get(1).asDouble());
        pythonWhole.add(seconds(() -> script.run(counts, theirs, WIDTH, HEIGHT, 1)));
        drawn = twice;
      }
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "wordcloud");
    WordCloudLayout layout = cloud.layout();
    if (drawn == null) {
      result.put("baseline", "absent: no Python here has wordcloud (Debian: python3-wordcloud)");
    } else {
      result.put("baseline", "Python wordcloud " + drawn.get("version").asText());
      result.put("ratio", Medians.of(warm) / Medians.of(pythonWarm));
      result.put("ratioWholeProcess", Medians.of(whole) / Medians.of(pythonWhole));
      result.put("baselineSeconds", Medians.of(pythonWarm));
      result.put("baselineWholeSeconds", Medians.of(pythonWhole));
      result.put("baselineInkPercent", ink(theirs));
      result.put("baselineWords", drawn.get("words").size());
      result.put("droppedThatItPlaces", dropped(drawn.get("words"), layout));
    }
    result.put("seconds", Medians.of(warm));
    result.put("wholeSeconds", Medians.of(whole));
    result.put("inkPercent", ink(ours));
    result.put("words", layout.placed().size());
    result.put("runs", rounds);
    return result;
  }

  /** Returns an equal cloud that is not laid out already. */
  private static WordCloud again(WordCloud cloud) {
    return cloud.withTitle(cloud.title());
  }

  private Path counts(Path text, Set<String> stopWords) throws IOException {
    List<WeightedTerm> terms =
        TermCounter.builder()
            .stopWords(stopWords)
            .build()
            .addAll(Files.readAllLines(text))
            .top(WORDS);
    Map<String, Long> counts = new LinkedHashMap<>();
    for (WeightedTerm term : terms) {
      counts.put(term.text(), (long) term.weight());
    }
    Path file = directory.resolve("words.json");
    new ObjectMapper().writeValue(file.toFile(), counts);
    return file;
  }

  private static void process(Path counts, Path picture) throws IOException, InterruptedException {
    ColdProcess.run(
        CloudProcess.class,
        counts.toString(),
        picture.toString(),
        String.valueOf(WIDTH),
        String.valueOf(HEIGHT));
  }

  /** Something to be timed. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static double seconds(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Set<String> dropped(JsonNode words, WordCloudLayout layout) {
    Set<String> dropped = new TreeSet<>();
    words.forEach(word -> dropped.add(word.asText()));
    layout.placed().forEach(placed -> dropped.remove(placed.term().text()));
    return dropped;
  }

  /** Returns how much of a picture is not the colour of its corner, in percent. */
  private static double ink(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    int paper = image.getRGB(0, 0);
    long ink = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        ink += image.getRGB(x, y) == paper ? 0 : 1;
      }
    }
    return 100.0 * ink / ((long) image.getWidth() * image.getHeight());
  }
}
