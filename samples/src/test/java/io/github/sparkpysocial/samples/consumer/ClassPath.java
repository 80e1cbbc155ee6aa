package io.github.sparkpysocial.samples.consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The jars of a class path that Maven made.
 *
 * @param jars by the directory of the artifact in the repository, that is without the version
 */
record ClassPath(Map<Path, Path> jars) {
  static ClassPath of(String text) {
    Map<Path, Path> jars = new TreeMap<>();
    for (String jar : text.strip().split(File.pathSeparator, -1)) {
      Path file = Path.of(jar);
      jars.put(file.resolve("../..").normalize(), file);
    }
    return new ClassPath(jars);
  }

  /** Returns the classes that are in several jars, of which at least one is not in the other. */
  List<String> clashesBeside(ClassPath other) throws IOException {
    Map<String, Set<Path>> owners = new HashMap<>();
    for (Map.Entry<Path, Path> jar : jars.entrySet()) {
      try (JarFile file = new JarFile(jar.getValue().toFile())) {
        for (JarEntry entry : Collections.list(file.entries())) {
          String name = entry.getName();
          if (name.endsWith(".class")
              && !name.startsWith("META-INF/")
              && !name.equals("module-info.class")) {
            owners.computeIfAbsent(name, key -> new TreeSet<>()).add(jar.getKey());
          }
        }
      }
    }
    List<String> clashes = new ArrayList<>();
    owners.forEach(
        (name, in) -> {
          if (in.size() > 1 && !other.jars.keySet().containsAll(in)) {
            clashes.add(name + " in " + in);
          }
        });
    return clashes;
  }
}
