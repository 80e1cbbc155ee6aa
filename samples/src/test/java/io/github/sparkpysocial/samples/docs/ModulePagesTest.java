package io.github.sparkpysocial.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each module has a page, all with one outline, and what a page names is there. */
class ModulePagesTest {
  private static final String OUTLINE =
      "What it is for, The dependency, A first program, Main types, Options and their defaults,"
          + " Errors, and what to do, Threads and limits, Testing, Where to go on";

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+?) \\| (.+?) \\|$");
  private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
  private static final Pattern PROGRAM =
      Pattern.compile("<!-- program: (\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMPILED =
      Pattern.compile("// snippet: (\\w+)\\n(.*?)\\n *// end", Pattern.DOTALL);

  /** Of Java, JUnit's platform and AssertJ. */
  private static final List<String> OF_OTHERS =
      List.of(
          "IllegalArgumentException",
          "IllegalStateException",
          "IOException",
          "AssertionError",
          "TestAbortedException");

  private static final Map<String, Path> SOURCES = sources();

  private static Map<String, Path> sources() {
    try (Stream<Path> files = Files.walk(ShellBlocks.ROOT)) {
      return files
          .filter(file -> file.toString().matches(".*/sparkpy-social-\\w+/src/main/java/.*\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Function.identity(),
                  (one, other) -> one,
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String page(String module) throws IOException {
    return Files.readString(ShellBlocks.ROOT.resolve("docs/modules/" + module + ".md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "connectors", "ml", "streaming", "viz", "testkit", "bom"})
  void hasTheOneOutlineAndNamesWhatIsThere(String module) throws IOException {
    String page = page(module);

    assertThat(page.lines().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)))
        .isEqualTo(List.of(OUTLINE.split(", (?!and)", -1)));
    assertThat(page).startsWith("# sparkpy-social-" + module + ": ");
    assertThat(page).contains("<artifactId>sparkpy-social-" + module + "</artifactId>");
    for (MatchResult row : ROW.matcher(section(page, "Main types")).results().toList()) {
      NAME.matcher(row.group(1))
          .results()
          .forEach(name -> assertThat(SOURCES).as("%s", row.group()).containsKey(name.group(1)));
    }
    for (MatchResult row : ROW.matcher(section(page, "Errors, and what")).results().toList()) {
      NAME.matcher(row.group(1))
          .results()
          .map(name -> name.group(1))
          .filter(name -> !OF_OTHERS.contains(name))
          .forEach(name -> assertThat(SOURCES).as("%s", row.group()).containsKey(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "connectors", "ml", "streaming", "viz", "testkit"})
  void everyDefaultIsThatOfTheCode(String module) throws IOException {
    List<MatchResult> rows =
        ROW.matcher(section(page(module), "Options and their")).results().toList();
    assertThat(rows).hasSizeGreaterThan(3);
    for (MatchResult row : rows) {
      String[] option = row.group(1).replace("`", "").split("\\.", -1);
      assertThat(SOURCES).as("%s", row.group()).containsKey(option[0]);
      String source =
          Files.readString(SOURCES.get(option[0]))
              .replaceAll("\\n\\s*\\*(?!/)", " ")
              .replaceAll("\\s+", " ");
      String name = Pattern.quote(option[option.length - 1]);
      assertThat(source)
          .as("%s", row.group())
          .containsPattern("public [\\w<>?, .]*\\b" + name + "( =|\\()");
      // the Javadoc right before the method or the constant, or what a field starts with
      Matcher doc =
          Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public [\\w<>, .]*\\b" + name + "\\b")
              .matcher(source);
      StringBuilder docs = new StringBuilder();
      while (doc.find()) {
        docs.append(plain(doc.group(1))).append('\n');
      }
      String value = plain(row.group(2));
      if (!plain(source).contains(" = " + value + ";")) {
        assertThat(docs.toString()).as("%s", row.group()).contains(value);
      }
    }
  }

  /** Without the marks of Javadoc and of the page around a name. */
  private static String plain(String text) {
    return text.replaceAll("\\{@(?:code|link(?:plain)?) ([^}]*)}", "$1")
        .replace("()", "")
        .replace('#', '.')
        .replace("`", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "connectors", "ml", "streaming", "viz", "testkit"})
  void showsTheProgramThatIsCompiledAndRun(String module) throws IOException {
    Map<String, String> compiled = new TreeMap<>();
    String code =
        Files.readString(
            Path.of("src/test/java/io/github/sparkpysocial/samples/docs/ModulePrograms.java"));
    for (Matcher snippet = COMPILED.matcher(code); snippet.find(); ) {
      compiled.put(snippet.group(1), snippet.group(2).stripIndent().strip());
    }

    Matcher program = PROGRAM.matcher(page(module));

    assertThat(program.find()).isTrue();
    assertThat(program.group(1)).isEqualTo(module);
    assertThat(program.group(2).strip()).isEqualTo(compiled.get(module));
  }

  private static String section(String page, String heading) {
    int start = page.indexOf("## " + heading);
    int end = page.indexOf("\n## ", start);
    return page.substring(start, end < 0 ? page.length() : end);
  }
}
