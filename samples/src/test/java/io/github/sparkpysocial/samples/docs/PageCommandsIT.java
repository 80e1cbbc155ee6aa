package io.github.sparkpysocial.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.samples.cli.CommandLines;
import io.github.sparkpysocial.samples.docs.ShellBlocks.PageCommand;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command in a fenced block of a page runs, or the page says that no test runs it, and why.
 * Those of {@code sparkpy} run in a directory with files of the names that the pages use, with the
 * sandbox in place of the networks and servers on loopback in place of those on their usual ports.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class PageCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MAVEN_TEST =
      Pattern.compile("mvn -B test -pl ([\\w-]+) -am -Dtest=(\\w+) .*");
  private static final Pattern MONGO =
      Pattern.compile("mongodb://localhost(?::27017)?/(\\w+)::(\\w+)");
  private static final Pattern POSTGRES =
      Pattern.compile("jdbc:postgresql://localhost/[^:]*::(\\w+)");

  @TempDir private Path directory;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES) // only for one that hangs
  void everySparkpyCommandRuns() throws Exception {
    Map<List<String>, PageCommand> once = new LinkedHashMap<>(); // some are on several pages
    for (PageCommand command : ShellBlocks.all()) {
      if (command.isSparkpy() && !command.marked()) {
        List<String> words = command.words();
        once.putIfAbsent(words.subList(1, words.size()), command);
      }
    }
    List<PageCommand> commands = List.copyOf(once.values());
    assertThat(commands).hasSizeGreaterThan(30);
    PageFiles.into(directory);
    Path outcomes = directory.resolve("outcomes.txt");
    String said;

    try (Sandbox sandbox = Sandbox.start(Community.builder().posts(400).build());
        MongoServer mongo = MongoServer.inMemory()) {
      PageFiles.writePosts(mongo.uri("social", "posts"));
      List<String> lines = new ArrayList<>();
      for (List<String> words : once.keySet()) {
        lines.add(
            JSON.writeValueAsString(words.stream().map(word -> onLoopback(word, mongo)).toList()));
      }
      Path toRun = Files.write(directory.resolve("commands.txt"), lines);
      said = run(java(toRun, outcomes), directory, sandbox.environment());
      assertThat(sandbox.violations()).isEmpty();
    }

    List<String> outcome = Files.readAllLines(outcomes);
    assertThat(outcome).as(said).hasSameSizeAs(commands);
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      JsonNode one = JSON.readTree(outcome.get(i));
      if (one.get("exitCode").asInt() != 0) {
        failed.add(commands.get(i) + "\n" + one.get("exitCode") + ": " + one.get("said").asText());
      }
    }
    assertThat(failed).isEmpty();
  }

  private static List<String> java(Path commands, Path outcomes) {
    return List.of(
        program("java"),
        "-XX:TieredStopAtLevel=1",
        "-XX:ReservedCodeCacheSize=240m",
        "-Xmx1g",
        "-Djava.awt.headless=true",
        "-Duser.timezone=UTC",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        CommandLines.class.getName(),
        commands.toString(),
        outcomes.toString());
  }

  private static String onLoopback(String word, MongoServer mongo) {
    Matcher document = MONGO.matcher(word);
    if (document.matches()) {
      return mongo.uri(document.group(1), document.group(2));
    }
    Matcher table = POSTGRES.matcher(word);
    return table.matches() ? PostgresServer.shared().uri(table.group(1)) : word;
  }

  @Test
  void everyOtherCommandRunsOrNamesATestThatIsThere() throws Exception {
    assumeTrue(
        Files.exists(Path.of("target/classpath")), "not run: needs the class path of mvn verify");
    Path project = linkedTo(Files.createDirectory(directory.resolve("project")));
    List<String> unknown = new ArrayList<>();
    for (PageCommand command : ShellBlocks.all()) {
      Matcher maven = MAVEN_TEST.matcher(command.line());
      if (command.marked() || command.isSparkpy()) {
        continue; // the test above
      }
      if (maven.matches()) {
        assertThat(testsOf(maven.group(1))).as("%s", command).contains(maven.group(2) + ".java");
      } else if (command.line().equals(".ci/test")) {
        assertThat(ShellBlocks.ROOT.resolve(".ci/run")).content().contains("/test\"");
      } else if (command.line().matches("(?:java|jshell|export) .*")) {
        run(List.of("bash", "-c", command.line()), project, Map.of());
      } else {
        unknown.add(command.toString());
      }
    }
    assertThat(unknown).as("no test runs these, and the pages do not say so").isEmpty();
  }

  /** Makes a directory look like that of the project; what is written there stays out of it. */
  private static Path linkedTo(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(ShellBlocks.ROOT)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(directory.resolve(file.getFileName()), file);
      }
    }
    return directory;
  }

  private static List<String> testsOf(String module) throws IOException {
    try (Stream<Path> files = Files.walk(ShellBlocks.ROOT.resolve(module).resolve("src/test"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Runs a program that finds nothing on its standard input; it has to succeed. */
  private static String run(List<String> command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("page-command", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder
        .environment()
        .merge("PATH", "", (path, none) -> Path.of(program("java")).getParent() + ":" + path);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(25, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
      String text = Files.readString(said);
      assertThat(process.exitValue()).as("%s said: %s", command, text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }
}
