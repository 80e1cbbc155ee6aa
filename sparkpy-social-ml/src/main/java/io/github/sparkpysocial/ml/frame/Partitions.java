package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits a place into what one task reads: each file of a pattern, or the whole. */
final class Partitions {
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private Partitions() {}

  /**
   * Returns the places, in the order of their names.
   *
   * @throws StoreException if a file is missing or no file matches
   */
  static List<PlaceUri> of(PlaceUri place) {
    if (!place.isFile()) {
      return List.of(place);
    }
    String path = path(place);
    if (exists(path)) {
      return List.of(place);
    }
    if (!WILDCARD.matcher(path).find()) {
      throw new StoreException("There is no file " + path + "; check its path");
    }
    List<String> files = matching(path);
    if (files.isEmpty()) {
      throw new StoreException(
          "No file matches " + path + "; check the directory, and in a shell quote the pattern");
    }
    StringBuilder options = new StringBuilder();
    place.options().forEach((n, v) -> options.append(';').append(n).append('=').append(v));
    return files.stream().map(file -> PlaceUri.parse(file + options)).toList();
  }

  /**
   * Returns the directory of a place in which every file is for everybody to read, or {@code null}:
   * one that begins with {@code _delta} is for the store alone.
   */
  static @Nullable Path directoryOfParts(PlaceUri place) {
    String path = path(place);
    if (!exists(path) || !Files.isDirectory(Path.of(path))) {
      return null;
    }
    boolean parts = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(path))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith("_delta") || Files.isDirectory(file)) {
          return null;
        }
        parts |= name.endsWith(".parquet");
      }
    } catch (IOException e) {
      throw new StoreException("The folder " + path + " cannot be listed", e);
    }
    return parts ? Path.of(path) : null;
  }

  /** A {@code file:} URI has percent signs for what a path may hold and a URI may not. */
  private static String path(PlaceUri place) {
    String location = place.location();
    if (place.withSecrets().toLowerCase(Locale.ROOT).startsWith("file:")
        && location.startsWith("/")
        && location.indexOf('%') >= 0) {
      try {
        return Path.of(URI.create("file://" + location)).toString();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            place + " is not a well-formed file: URI; give the path itself instead", e);
      }
    }
    return location;
  }

  private static boolean exists(String location) {
    try {
      return Files.exists(Path.of(location));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static List<String> matching(String pattern) {
    int wildcard = indexOfWildcard(pattern);
    int slash = pattern.lastIndexOf('/', wildcard);
    Path base = Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1));
    PathMatcher matcher =
        base.getFileSystem().getPathMatcher("glob:" + pattern.substring(slash + 1));
    int depth =
        pattern.contains("**")
            ? Integer.MAX_VALUE
            : (int) pattern.substring(slash + 1).chars().filter(c -> c == '/').count() + 1;
    List<String> files = new ArrayList<>();
    if (!Files.isDirectory(base)) {
      return files;
    }
    try {
      Files.walkFileTree(
          base,
          Collections.emptySet(),
          depth,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!attributes.isDirectory() && matcher.matches(base.relativize(file))) {
                files.add(file.toAbsolutePath().toString());
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StoreException("The folder " + base + " cannot be listed", e);
    }
    Collections.sort(files);
    return files;
  }

  private static int indexOfWildcard(String pattern) {
    java.util.regex.Matcher matcher = WILDCARD.matcher(pattern);
    return matcher.find() ? matcher.start() : pattern.length();
  }
}
