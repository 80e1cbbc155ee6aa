package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/book.md names is there, and what is there it names. */
class BookPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/book.md");

  /** A name in capitals and small letters, such as a class of ours; methods of it are left off. */
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.\\w+\\(.*?\\))?`");

  /** Of Spark, in a sentence about what is gone. */
  private static final Set<String> OTHERS = Set.of("FlumeUtils");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern FILE = Pattern.compile("`(samples/[\\w./]+)`");

  @Test
  void everyClassInTheSecondColumnExists() throws IOException {
    Set<String> classes = classes();
    Set<String> named = new TreeSet<>();
    for (String here : here()) {
      CLASS.matcher(here).results().map(r -> r.group(1)).forEach(named::add);
    }

    assertThat(named).hasSizeGreaterThan(40);
    assertThat(named.stream().filter(name -> !OTHERS.contains(name))).isSubsetOf(classes);
  }

  @Test
  void everyProgramIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    try (Stream<Path> programs =
        Files.list(Path.of("src/main/java/io/github/sparkpysocial/samples/book"))) {
      assertThat(programs.map(file -> file.getFileName().toString().replace(".java", "")))
          .filteredOn(name -> !List.of("package-info", "SandboxPosts").contains(name))
          .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
  }

  @Test
  void everyFileAndHeadingThatIsLinkedExists() throws IOException {
    String page = Files.readString(PAGE);
    for (MatchResult link : LINK.matcher(page).results().toList()) {
      Path file = link.group(1).isEmpty() ? PAGE : PAGE.resolveSibling(link.group(1));
      assertThat(file).exists();
      if (link.group(2) != null) {
        assertThat(headings(file)).as(link.group()).contains(link.group(2));
      }
    }
    for (MatchResult file : FILE.matcher(page).results().toList()) {
      assertThat(ROOT.resolve(file.group(1))).exists();
    }
  }

  /** Returns the right column of each table. */
  private static List<String> here() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| ") && !line.equals("| the book | here |"))
        .map(line -> line.split(" \\| ", 2)[1])
        .toList();
  }

  /** Returns the names of the project's own classes. */
  private static Set<String> classes() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (Path group : List.of(ROOT, ROOT.resolve("samples"))) {
      try (DirectoryStream<Path> modules = Files.newDirectoryStream(group)) {
        for (Path module : modules) {
          addClasses(module.resolve("src/main/java"), classes);
        }
      }
    }
    return classes;
  }

  private static void addClasses(Path sources, Set<String> classes) throws IOException {
    if (Files.isDirectory(sources)) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.replace(".java", "")));
      }
    }
  }

  /** Returns the anchors that a page's headings get where it is shown. */
  private static List<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }
}
