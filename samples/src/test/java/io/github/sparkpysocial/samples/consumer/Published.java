package io.github.sparkpysocial.samples.consumer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The modules as a consumer finds them: POMs and jars in a repository of the tests' own. */
final class Published {
  static final String GROUP = "io.github.sparkpysocial";

  /** The modules with a jar. */
  static final List<String> MODULES =
      List.of(
          "sparkpy-social-core",
          "sparkpy-social-connectors",
          "sparkpy-social-ml",
          "sparkpy-social-streaming",
          "sparkpy-social-viz",
          "sparkpy-social-testkit");

  /** Where the project is. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Published() {}

  /** Returns the version that is built here. */
  static String version() {
    return property("sparkpy.version");
  }

  /** Returns a property that the build hands to its tests; they are skipped without it. */
  static String property(String name) {
    String value = System.getProperty(name);
    assumeTrue(value != null, "not run: needs " + name + " of the build, that is mvn verify");
    return value == null ? "" : value;
  }

  /** Returns the jar of a module. */
  static Path jar(String module) {
    return made(module, ".jar");
  }

  /** Returns the jar of a module's sources. */
  static Path sources(String module) {
    return made(module, "-sources.jar");
  }

  private static Path made(String module, String ending) {
    Path jar = ROOT.resolve(module).resolve("target/" + module + "-" + version() + ending);
    assumeTrue(Files.exists(jar), "not run: " + jar + " is made by mvn verify");
    return jar;
  }

  /** Copies what the modules are made of: all POMs, and the modules' sources without tests. */
  static void copySources(Path directory) throws IOException {
    List<String> what =
        new ArrayList<>(
            List.of(
                "pom.xml",
                "sparkpy-social-bom/pom.xml",
                "samples/pom.xml",
                "samples/trend-tracker/pom.xml"));
    for (String module : MODULES) {
      what.add(module + "/pom.xml");
      what.add(module + "/src/main");
    }
    for (String name : what) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = directory.resolve(ROOT.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Puts POMs and jars into a repository, in place of what is there of this version. */
  static void into(Path repository) throws IOException {
    put(repository, "sparkpy-social", ROOT.resolve("pom.xml"), "pom");
    put(repository, "sparkpy-social-bom", ROOT.resolve("sparkpy-social-bom/pom.xml"), "pom");
    for (String module : MODULES) {
      put(repository, module, ROOT.resolve(module).resolve("pom.xml"), "pom");
      put(repository, module, jar(module), "jar");
    }
  }

  private static void put(Path repository, String artifact, Path file, String extension)
      throws IOException {
    Path place = repository.resolve(GROUP.replace('.', '/')).resolve(artifact).resolve(version());
    Files.createDirectories(place);
    Files.copy(
        file,
        place.resolve(artifact + "-" + version() + "." + extension),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
