package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a shell, once the jar is there. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class LauncherIT {
  private static final Path LAUNCHER = Path.of("sparkpy").toAbsolutePath();

  @TempDir private Path directory;

  @BeforeAll
  static void needsThePackage() throws IOException {
    boolean packaged;
    try (var files = Files.list(Path.of("target"))) {
      packaged =
          files.anyMatch(file -> file.toString().matches(".*samples-[0-9.]+(-SNAPSHOT)?\\.jar"));
    }
    assumeTrue(
        packaged && Files.isExecutable(Path.of("/bin/bash")),
        "not run: needs bash and the packaged jar, that is mvn verify");
  }

  private Ran run(Path launcher, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    Path in = Files.writeString(directory.resolve("in.txt"), input);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ran(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void runsFromAnywhereThroughALinkInAPathWithSpaces() throws Exception {
    Path link =
        Files.createSymbolicLink(
            Files.createDirectories(directory.resolve("a b")).resolve("spark py"), LAUNCHER);

    Ran ran = run(link, "{\"text\":\"#größe\"}\n", "extract", "-").endsWith(0);

    assertThat(ran.out()).contains("\"text\":\"größe\"");
    assertThat(ran.err()).doesNotContain("WARN").doesNotContain("warning");
  }

  @Test
  void givesTheFlagsThatGraphXNeeds() throws Exception {
    Path posts = directory.resolve("posts.jsonl");
    try (OutputStream out = Files.newOutputStream(posts)) {
      for (Post post : Community.builder().posts(60).build().posts().toList()) {
        out.write(RecordLine.of(post));
        out.write('\n');
      }
    }

    Ran ran = run(LAUNCHER, "", "network", posts.toString()).endsWith(0);

    assertThat(ran.err()).doesNotContain("add-opens");
  }

  @Test
  void handsOnTheExitCodeAndSaysNothingElse() throws Exception {
    Ran ran = run(LAUNCHER, "", "wordcount", "no such file").endsWith(1);

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("no such file does not exist");
  }
}
