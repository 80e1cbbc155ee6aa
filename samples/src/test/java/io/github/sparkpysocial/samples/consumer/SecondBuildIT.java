package io.github.sparkpysocial.samples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever builds the same sources in another place gets the same jars: the published modules are
 * made a second time, in another directory and without the checkers, and compared with those of
 * this build. {@code .ci/release} does it with all checkers.
 */
class SecondBuildIT {
  @TempDir private Path elsewhere;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES) // only for a build that hangs
  void makesTheSameJarsInAnotherDirectory() throws IOException, InterruptedException {
    List<Path> first = new ArrayList<>();
    for (String module : Published.MODULES) {
      first.add(Published.jar(module));
      first.add(Published.sources(module));
    }
    Published.copySources(elsewhere);

    build();

    for (Path jar : first) {
      Path second = elsewhere.resolve(Published.ROOT.relativize(jar));
      assertThat(JarDifferences.between(jar, second)).as("%s, built twice", jar).isEmpty();
    }
  }

  private void build() throws IOException, InterruptedException {
    Path said = elsewhere.resolve("said.txt");
    Process maven =
        new ProcessBuilder(
                Path.of(Published.property("sparkpy.maven.home"), "bin", "mvn").toString(),
                "--batch-mode",
                "--quiet",
                "--offline", // what the first build needed is there
                "-Dmaven.repo.local=" + Published.property("sparkpy.maven.repository"),
                "-Pquick",
                "-Dmaven.source.skip=false",
                "--projects",
                String.join(",", Published.MODULES),
                "package")
            .directory(elsewhere.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(maven.waitFor(25, TimeUnit.MINUTES)).as("the second build ended").isTrue();
    } finally {
      maven.destroyForcibly();
    }
    assertThat(maven.exitValue()).as(Files.readString(said)).isZero();
  }

  @Test
  void namesTheEntryThatDiffers() throws IOException {
    Path first = jar("first.jar", 0, "same", "of the first", "only here");
    Path again = jar("again.jar", 0, "same", "of the first", "only here");
    Path second = jar("second.jar", 0, "same", "of the second");
    Path later = jar("later.jar", 86_400_000, "same", "of the first", "only here");

    assertThat(JarDifferences.between(first, again)).isEmpty();
    assertThat(JarDifferences.between(first, second))
        .containsExactly("entry 1 differs in its bytes", "entry 2 is in the first alone");
    assertThat(JarDifferences.between(second, first))
        .containsExactly("entry 1 differs in its bytes", "entry 2 is in the second alone");
    assertThat(JarDifferences.between(first, later))
        .containsExactly(
            "entry 0 has another time", "entry 1 has another time", "entry 2 has another time");
  }

  private Path jar(String name, long time, String... contents) throws IOException {
    Path file = elsewhere.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < contents.length; i++) {
        ZipEntry entry = new ZipEntry("entry " + i);
        entry.setTime(1_000_000_000_000L + time);
        zip.putNextEntry(entry);
        zip.write(contents[i].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }
}
