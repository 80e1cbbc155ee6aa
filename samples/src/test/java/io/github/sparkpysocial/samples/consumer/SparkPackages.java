package io.github.sparkpysocial.samples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ivy.core.settings.IvySettings;
import org.apache.spark.util.MavenUtils;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What {@code spark-submit --packages} does: Spark's own resolver, with repositories on this disk
 * in place of the remote ones.
 */
final class SparkPackages {
  /** Spark names its files {@code GROUP_ARTIFACT-VERSION.jar}. */
  private static final Pattern FILE = Pattern.compile("[^_]+_(.+?)-\\d.*\\.jar");

  private final Path directory;
  private final Path settings;

  SparkPackages(Path directory, List<Path> repositories) throws IOException {
    this.directory = directory;
    StringBuilder chain = new StringBuilder();
    for (Path repository : repositories) {
      chain.append(
          "<ibiblio name='%s' m2compatible='true' root='%s'/>"
              .formatted("r" + chain.length(), repository.toUri()));
    }
    settings =
        Files.writeString(
            directory.resolve("ivysettings.xml"),
            """
            <ivysettings>
              <settings defaultResolver="all"/>
              <resolvers><chain name="all" returnFirst="true">%s</chain></resolvers>
            </ivysettings>
            """
                .formatted(chain));
  }

  /** Returns the artifacts that come for one module, without their versions. */
  Set<String> of(String module) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    IvySettings ivy =
        MavenUtils.loadIvySettings(
            settings.toString(), Option.empty(), Option.apply(directory + "/ivy"), to);
    List<String> files;
    try {
      files =
          CollectionConverters.asJava(
              MavenUtils.resolveMavenCoordinates(
                  Published.GROUP + ":" + module + ":" + Published.version(),
                  ivy,
                  Option.empty(),
                  true,
                  CollectionConverters.asScala(List.<String>of()).toSeq(),
                  false,
                  to));
    } catch (RuntimeException e) {
      throw new AssertionError(said.toString(StandardCharsets.UTF_8), e);
    }
    Set<String> artifacts = new TreeSet<>();
    for (String file : files) {
      Matcher name = FILE.matcher(Path.of(file).getFileName().toString());
      assertThat(name.matches()).as(file).isTrue();
      artifacts.add(name.group(1));
    }
    return artifacts;
  }
}
