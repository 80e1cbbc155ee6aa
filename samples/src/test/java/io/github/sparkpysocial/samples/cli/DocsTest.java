package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say of the command, of each other and of errors is so. */
class DocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:samples/)?sparkpy +((?:[^\\n\\\\]|\\\\\\n)+)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|(#.*)|((?:[^\\s'\"\\\\]|\\\\.)+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+`(?: or `[^|]+`)?) \\|");

  /** Said by Spark, Scala and the JVM, or by the shell. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "NoClassDefFoundError.*|NoSuchMethodError|Inaccessible.*|Failed to find.*"
              + "|getSubject is not supported|UnsupportedClassVersionError.*");

  private static Map<Path, String> pages() throws IOException {
    Map<Path, String> pages = new TreeMap<>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md"))
          .forEach(file -> pages.put(file, read(file)));
    }
    for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md")) {
      pages.put(ROOT.resolve(name), read(ROOT.resolve(name)));
    }
    return pages;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCommandOnAPageIsUnderstood() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Map.Entry<Path, String> page : pages().entrySet()) {
      for (Matcher fence = FENCE.matcher(page.getValue()); fence.find(); ) {
        for (Matcher line = COMMAND.matcher(fence.group(1)); line.find(); ) {
          String command = line.group(1);
          commands.add(command);
          assertThatCode(
                  () ->
                      Sparkpy.commandLine(
                              new PrintWriter(new StringWriter()),
                              new PrintWriter(new StringWriter()))
                          .parseArgs(words(command)))
              .as("%s: sparkpy %s", ROOT.relativize(page.getKey()), command)
              .doesNotThrowAnyException();
        }
      }
    }
    assertThat(commands).hasSizeGreaterThan(30);
  }

  /** Splits a line of a shell, without its comment. */
  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.replace("\\\n", " "));
    while (word.find() && word.group(3) == null) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(quoted == null ? word.group() : quoted);
    }
    return words.toArray(String[]::new);
  }

  @Test
  void everyLinkToAFileLeadsToOne() throws IOException {
    for (Map.Entry<Path, String> page : pages().entrySet()) {
      for (Matcher link = LINK.matcher(page.getValue()); link.find(); ) {
        Path target = page.getKey().resolveSibling(link.group(1));
        assertThat(target).as(ROOT.relativize(page.getKey()) + ": " + link.group()).exists();
      }
    }
  }

  @Test
  void everyErrorThatIsExplainedExists() throws IOException {
    String sources = sources();
    List<String> missing = new ArrayList<>();
    int rows = 0;
    for (Matcher row = ROW.matcher(read(ROOT.resolve("docs/troubleshooting.md"))); row.find(); ) {
      for (String quoted : row.group(1).split(" or ", -1)) {
        String text = quoted.substring(1, quoted.length() - 1);
        rows++;
        if (!OF_OTHERS.matcher(text).matches() && !sources.contains(text)) {
          missing.add(text);
        }
      }
    }
    assertThat(rows).isGreaterThan(15);
    assertThat(missing).isEmpty();
  }

  private static String sources() throws IOException {
    StringBuilder sources = new StringBuilder(read(ROOT.resolve("samples/sparkpy")));
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> sources.append(read(file).replaceAll("\"\\s*\\+ \"", "")));
    }
    return sources.toString();
  }
}
