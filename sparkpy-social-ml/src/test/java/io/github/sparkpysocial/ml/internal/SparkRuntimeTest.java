package io.github.sparkpysocial.ml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkRuntimeTest {
  @TempDir private Path directory;

  @Test
  void saysNothingOfTheSparkThatTheLibraryIsTestedWith() {
    assertThat(SparkRuntime.trouble(SparkRuntimeTest.class.getClassLoader())).isNull();
    assertThat(SparkRuntime.closedPackages(Object.class.getModule())).isNull();
    SparkRuntime.requireForLearning();
  }

  @ParameterizedTest
  @CsvSource({"4.1.0, 2.13.17", "4.1.2, 2.13.18", "4.0.1, 2.13.16", ", 2.13.17", "4.1.0,", ","})
  void takesAnySparkFourOnScala213(String spark, String scala) {
    assertThat(SparkRuntime.trouble(spark, scala)).isNull();
  }

  @Test
  void namesAnOlderSparkAndTheRemedy() throws IOException {
    write("3.5.6", "2.13.8");

    assertThat(SparkRuntime.trouble(loader(directory)))
        .isEqualTo(
            "Spark 3.5.6 is on the class path, but sparkpy-social needs Spark 4, tested with 4.1.0:"
                + " raise it to org.apache.spark:spark-mllib_2.13:4.1.0, and the cluster with it");
  }

  @Test
  void namesAnotherScalaAndTheRemedy() throws IOException {
    write("3.5.6", "2.12.18");

    assertThat(SparkRuntime.trouble(loader(directory)))
        .startsWith("Scala 2.12.18 is on the class path")
        .contains("_2.13");
  }

  @Test
  void saysThatSparkIsMissing() {
    assertThat(SparkRuntime.trouble(loader(directory)))
        .startsWith("Spark is not on the class path")
        .contains("org.apache.spark:spark-mllib_2.13:4.1.0", "provided");
  }

  @Test
  void trustsASparkThatHidesItsVersion() throws IOException {
    Path sql = Files.createDirectories(directory.resolve("org/apache/spark/sql"));
    Files.createFile(sql.resolve("SparkSession.class"));

    assertThat(SparkRuntime.trouble(loader(directory))).isNull();
  }

  @Test
  void namesThePackagesThatAJvmWithoutFlagsKeepsClosed() throws Exception {
    Path said = directory.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Closed.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said)
        .content()
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED")
        .contains("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED")
        .doesNotContain("java.base/java.util=");
  }

  /** Says which packages are closed in a JVM of its own. */
  static final class Closed {
    private Closed() {}

    public static void main(String[] args) {
      System.out.println(SparkRuntime.closedPackages(Object.class.getModule()));
    }
  }

  private void write(String spark, String scala) throws IOException {
    Files.writeString(directory.resolve(SparkRuntime.SPARK_FILE), "version=" + spark + "\n");
    Files.writeString(directory.resolve(SparkRuntime.SCALA_FILE), "version.number=" + scala + "\n");
  }

  /** Sees the directory and Java alone. */
  private static ClassLoader loader(Path directory) {
    try {
      return new URLClassLoader(
          new URL[] {directory.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
