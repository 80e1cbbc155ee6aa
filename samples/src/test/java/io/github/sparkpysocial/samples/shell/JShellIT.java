package io.github.sparkpysocial.samples.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up script in a real JShell. */
class JShellIT {
  private static final Pattern SHOWN = Pattern.compile("open (file:\\S+figure\\.html)");

  @Test
  void theScriptOpensTheLibraryAndAFigureShowsItself(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path posts =
        Files.writeString(
            folder.resolve("posts.jsonl"),
            """
            {"record":"post","network":"x","id":"1","text":"hello","created_at":"2026-01-01T00:00:00Z"}
            {"record":"post","network":"x","id":"2","text":"world","created_at":"2026-01-02T00:00:00Z"}
            """);
    String said =
        jshell(
            folder,
            """
            show(WorldMap.of("Shell", List.of(MapPoint.of(new GeoPoint(1, 2), "ana", "hi"))))
            System.out.println("counted " + records("%s").count())
            /exit
            """
                .formatted(posts.toString().replace("\\", "\\\\")));

    assertThat(said).doesNotContain("Error:").contains("counted 2");
    Matcher shown = SHOWN.matcher(said);
    assertThat(shown.find()).as(said).isTrue();
    assertThat(Path.of(java.net.URI.create(shown.group(1)))).content().contains("<h1", "Shell");
  }

  @Test
  void theFiveLinesOfTheQuickStartDrawAChart(@TempDir Path folder)
      throws IOException, InterruptedException {
    Matcher lines =
        Pattern.compile("<!-- jshell: first chart -->\n```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/quickstart.md")));
    assertThat(lines.find()).isTrue();
    assertThat(lines.group(1).lines()).hasSize(5);

    String said = jshell(folder, lines.group(1) + "/exit\n");

    assertThat(said).doesNotContain("Error:");
    Matcher shown = SHOWN.matcher(said);
    assertThat(shown.find()).as(said).isTrue();
    assertThat(Path.of(java.net.URI.create(shown.group(1))))
        .content()
        .contains("Words of the README", "sparkpy");
  }

  private static String jshell(Path folder, String lines) throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("lines"), lines);
    Path output = folder.resolve("said");
    Path script = Path.of("sparkpy.jsh").toAbsolutePath();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                    "--startup",
                    script.toString(),
                    "--class-path",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    "-R-Djava.awt.headless=true",
                    "-R--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "-R--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                    "-R--add-opens=java.base/java.util=ALL-UNNAMED",
                    "-s"))
            .directory(Path.of("..").toFile()) // as a reader's, in the project
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("jshell ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
