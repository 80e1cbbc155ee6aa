package io.github.sparkpysocial.samples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Maven as a consumer runs it, with a local repository of the tests' own. What the consumer needs
 * of others comes from the builder's local repository as if that were a remote one, so that nothing
 * is written there; what is not there comes from where the builder's Maven gets it, unless the
 * build is offline.
 */
final class ConsumerMaven {
  private static final String SETTINGS =
      """
      <settings>
        <profiles>
          <profile>
            <id>of-the-builder</id>
            <repositories>
              <repository>
                <id>builder</id>
                <url>%1$s</url>
                <snapshots><enabled>false</enabled></snapshots>
              </repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository><id>builder</id><url>%1$s</url></pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles><activeProfile>of-the-builder</activeProfile></activeProfiles>
      </settings>
      """;

  private final Path directory;
  private final Path repository = Path.of("target", "consumer-repository").toAbsolutePath();
  private final Path builders = Path.of(Published.property("sparkpy.maven.repository"));

  /**
   * Publishes the modules for consumers.
   *
   * @param directory where the consumers' projects are
   */
  ConsumerMaven(Path directory) throws IOException {
    this.directory = directory;
    Published.into(Files.createDirectories(repository));
    Files.writeString(directory.resolve("settings.xml"), SETTINGS.formatted(builders.toUri()));
  }

  /** Returns the local repositories: the consumers', then the builder's. */
  List<Path> repositories() {
    return List.of(repository, builders);
  }

  /** Runs Maven in the directory and returns what it said; it has to succeed. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(Published.property("sparkpy.maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("--batch-mode", "--no-transfer-progress", "-Dstyle.color=never"));
    command.addAll(List.of("--global-settings", "settings.xml"));
    command.add("-Dmaven.repo.local=" + repository);
    if (Published.property("sparkpy.maven.offline").endsWith("true")) {
      command.addAll(List.of("--offline", "-Daether.offline.protocols=file"));
    }
    command.addAll(List.of(arguments));
    return run(command, Map.of("JAVA_HOME", System.getProperty("java.home")));
  }

  /** Runs a class of a consumer's project on the class path that its Maven found. */
  String java(String project, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path home = directory.resolve(project);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.add("-cp");
    command.add(home.resolve("target/classes") + java.io.File.pathSeparator + classPath(project));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  /** Returns what a consumer's project compiles and runs with. */
  String classPath(String project) throws IOException {
    return Files.readString(directory.resolve(project).resolve("target/classpath"));
  }

  private String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(directory, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(15, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
