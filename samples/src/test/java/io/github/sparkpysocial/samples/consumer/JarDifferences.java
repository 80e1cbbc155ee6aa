package io.github.sparkpysocial.samples.consumer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is not the same in two jars, in words. */
final class JarDifferences {
  private JarDifferences() {}

  /** Returns nothing exactly if the files are the same to the byte. */
  static List<String> between(Path first, Path second) throws IOException {
    List<String> differences = new ArrayList<>();
    if (Files.mismatch(first, second) < 0) {
      return differences;
    }
    try (ZipFile one = new ZipFile(first.toFile());
        ZipFile other = new ZipFile(second.toFile())) {
      Set<String> names = new LinkedHashSet<>();
      one.stream().map(ZipEntry::getName).forEach(names::add);
      other.stream().map(ZipEntry::getName).forEach(names::add);
      for (String name : names) {
        ZipEntry here = one.getEntry(name);
        ZipEntry there = other.getEntry(name);
        if (here == null || there == null) {
          differences.add(name + " is in the " + (here == null ? "second" : "first") + " alone");
        } else if (!Arrays.equals(bytes(one, here), bytes(other, there))) {
          differences.add(name + " differs in its bytes");
        } else if (here.getTime() != there.getTime()) {
          differences.add(name + " has another time");
        }
      }
    }
    if (differences.isEmpty()) {
      differences.add("the same entries, but in another order, or packed in another way");
    }
    return differences;
  }

  private static byte[] bytes(ZipFile jar, ZipEntry entry) {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
