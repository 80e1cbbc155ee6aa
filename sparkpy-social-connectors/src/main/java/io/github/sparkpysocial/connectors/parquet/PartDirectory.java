package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a place. {@code part-000001.parquet} and so on are for everybody: a record is in one
 * of them at most. {@code _delta-000001.parquet} and so on, which Spark passes over, hold what was
 * written since, in order, and are laid over the parts. {@code .writing} is not yet anything.
 *
 * @param parts in the order of their names
 * @param deltas the oldest first
 */
record PartDirectory(List<PartFile> parts, List<PartFile> deltas) implements Closeable {
  private static final String ENDING = ".parquet";
  private static final String PART = "part-";
  private static final String DELTA = "_delta-";
  private static final String WRITING = ".writing";
  private static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";
  private static final int ATTEMPTS = 50;

  PartDirectory {
    parts = List.copyOf(parts);
    deltas = List.copyOf(deltas);
  }

  /**
   * Looks at a place.
   *
   * @throws StoreException if there is nothing
   */
  static PartDirectory of(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return new PartDirectory(List.of(PartFile.of(place, Map.of())), List.of());
    }
    if (!Files.isDirectory(place)) {
      throw new StoreException(
          "There is no "
              + place
              + "; check the path, which is relative to "
              + Path.of("").toAbsolutePath());
    }
    List<PartFile> parts = new ArrayList<>();
    List<PartFile> deltas = new ArrayList<>();
    List<Path> paths;
    try (Stream<Path> found = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
      paths = found.filter(path -> isParquet(place.relativize(path))).sorted().toList();
    }
    for (Path path : paths) {
      Path relative = place.relativize(path);
      if (relative.toString().startsWith(DELTA)) {
        deltas.add(PartFile.of(path, Map.of()));
      } else if (Files.isRegularFile(path)) {
        parts.add(PartFile.of(path, partition(relative)));
      }
    }
    return new PartDirectory(parts, deltas);
  }

  /** Returns whether Spark would read it, or it is a delta of ours. */
  private static boolean isParquet(Path relative) {
    for (Path name : relative) {
      boolean hidden =
          name.toString().startsWith(".")
              || (name.toString().startsWith("_") && !name.toString().contains("="));
      if (hidden && !relative.toString().startsWith(DELTA)) {
        return false;
      }
    }
    return relative.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /** Reads {@code network=x/year=2026/part.parquet}. */
  private static Map<String, String> partition(Path relative) {
    Map<String, String> values = new HashMap<>();
    for (Path directory : relative) {
      String name = directory.toString();
      int equals = name.indexOf('=');
      if (equals > 0 && !directory.equals(relative.getFileName())) {
        String value =
            URLDecoder.decode(
                name.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!value.equals(NULL_PARTITION)) {
          values.put(name.substring(0, equals), value);
        }
      }
    }
    return values;
  }

  /**
   * Opens a place as it is at one moment, although its writer goes on: no file is gone or replaced
   * between the first look and the last.
   */
  static PartDirectory opened(Path place) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PartDirectory before = null;
      try {
        before = of(place);
        boolean ours = !before.deltas.isEmpty() || before.isOurs();
        if (!ours) {
          return before; // its files are opened one by one, for there may be thousands
        }
        for (PartFile file : before.files()) {
          file.open();
        }
        if (before.isSame(of(place))) {
          return before;
        }
      } catch (NoSuchFileException | StoreException e) {
        if (!Files.exists(place) || attempt == ATTEMPTS - 1) {
          throw e;
        }
      }
      if (before != null) {
        before.close();
      }
    }
    throw new StoreException(place + " changes all the time; read it when its writer is done");
  }

  private boolean isSame(PartDirectory other) {
    List<PartFile> mine = files();
    List<PartFile> theirs = other.files();
    if (mine.size() != theirs.size()) {
      return false;
    }
    for (int i = 0; i < mine.size(); i++) {
      if (!mine.get(i).isSame(theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the parts, then the deltas. */
  List<PartFile> files() {
    List<PartFile> files = new ArrayList<>(parts);
    files.addAll(deltas);
    return files;
  }

  /** Returns whether all parts were written by this library. */
  boolean isOurs() throws IOException {
    for (PartFile part : parts) {
      if (!part.isOurs()) {
        return false;
      }
    }
    return true;
  }

  /** Returns where a file is written before it gets its name. */
  static Path writing(Path place) {
    return place.resolve(WRITING);
  }

  static Path part(Path place, int number) {
    return place.resolve(String.format(Locale.ROOT, "%s%06d%s", PART, number, ENDING));
  }

  static Path delta(Path place, int number) {
    return place.resolve(String.format(Locale.ROOT, "%s%06d%s", DELTA, number, ENDING));
  }

  /** Returns the number after the last one that a file of ours has, or 1. */
  static int next(List<PartFile> files) {
    int next = 1;
    for (PartFile file : files) {
      String digits = file.path().getFileName().toString().replaceAll("\\D", "");
      if (!digits.isEmpty() && digits.length() < 10) {
        next = Math.max(next, Integer.parseInt(digits) + 1);
      }
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    for (PartFile file : files()) {
      file.close();
    }
  }
}
