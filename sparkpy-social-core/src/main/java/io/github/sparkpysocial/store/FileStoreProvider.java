package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.FileEnding;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens CSV, JSON and JSON Lines files by their path. The ending says the format: {@code .csv},
 * {@code .json}, {@code .jsonl}, {@code .ndjson}, each also with {@code .gz} or {@code .zst} after
 * it; the latter needs {@code com.github.luben:zstd-jni} on the class path.
 *
 * <ul>
 *   <li>{@code posts.jsonl}: records as this library writes them, any kinds in one file. Files of
 *       other tools are recognised and read as they are, if their objects have an id and a text, or
 *       are in a {@link FileFormat} on the class path
 *   <li>{@code posts.json}: the same as one JSON array, which any tool can open. A file of this
 *       ending that holds one object a line is read and continued as it is
 *   <li>{@code posts.csv;separator=tab}: a new file with another separator than the comma, by its
 *       name ({@code comma}, {@code semicolon}, {@code tab}, {@code pipe}) or itself
 *   <li>{@code capture.json.gz;format=x-v1}: raw answers in a format that the file cannot tell
 *   <li>{@code posts/;by=network,day;format=jsonl.gz}: a directory, partitioned as Hive and Spark
 *       have it, {@code network=x/day=2026-11-01/part.jsonl.gz}. Any directory of files is read
 *   <li>{@code captures/2017-*.jsonl.gz}: several files as one store, to be read. {@code *}, {@code
 *       ?}, {@code [..]}, <code>{a,b}</code> within a name, {@code **} across directories
 * </ul>
 *
 * <p>Other endings are served by each {@link FileEnding} on the class path, such as {@code
 * .parquet} by sparkpy-social-connectors.
 *
 * <p>A CSV file keeps one kind of record, that of its first one, and the tombstones of that kind.
 */
public final class FileStoreProvider implements StoreProvider {

  private static final List<String> OPTIONS = List.of("format", "separator");
  private static final List<String> DIRECTORY_OPTIONS = List.of("by", "format", "separator");

  /** Called by {@link ServiceLoader}. */
  public FileStoreProvider() {}

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public RecordStore open(PlaceUri uri, StoreOptions options) {
    List<FileFormat> formats =
        ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    String location = path(uri);
    boolean directory = location.endsWith("/");
    FileFormat format = directory ? null : format(uri, formats);
    FileEnding ending = ending(uri, location);
    if (ending != null && format == null) {
      Path place = toPath(location);
      return place != null && (!isGlob(location) || Files.exists(place))
          ? ending.open(uri, place, options)
          : ending.openAll(uri, expand(uri, location), options);
    }
    requireKnownOptions(uri, directory ? DIRECTORY_OPTIONS : OPTIONS);
    StoreOptions own = options(uri, options);
    if (directory) {
      return new PartitionedStore(
          uri,
          Path.of(location),
          uri.options().get("by"),
          uri.options().get("format"),
          own,
          formats);
    }
    FileType type = FileType.of(location, uri.toString());
    if (format != null && type.layout() == FileType.Layout.CSV) {
      throw new IllegalArgumentException(
          uri + " names a JSON format for a CSV file; leave ;format= away");
    }
    Path path = toPath(location);
    if (path != null && (!isGlob(location) || Files.exists(path))) {
      return new FileStore(uri, path, type, own, format, formats);
    }
    return new FileGlobStore(uri, expand(uri, location), type, own, format, formats);
  }

  private static void requireKnownOptions(PlaceUri uri, List<String> known) {
    for (String option : uri.options().keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(
            "Unknown option ;"
                + option
                + "= in "
                + uri
                + "; known here are ;"
                + String.join("=, ;", known)
                + "=");
      }
    }
  }

  /** Returns the options of a store, with what the URI says of its file. */
  private static StoreOptions options(PlaceUri uri, StoreOptions options) {
    String separator = uri.options().get("separator");
    StoreOptions own =
        separator == null ? options : options.withSeparator(CsvSeparators.parse(separator));
    if (own.separator() != null) {
      CsvSeparators.require(own.separator());
    }
    return own;
  }

  private static @Nullable FileEnding ending(PlaceUri uri, String location) {
    String name = location.toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    for (FileEnding ending :
        ServiceLoader.load(FileEnding.class, FileEnding.class.getClassLoader())) {
      if (name.endsWith(ending.ending())) {
        return ending;
      }
    }
    if (name.endsWith(".parquet")) {
      throw new IllegalArgumentException(
          uri + " needs io.github.sparkpysocial:sparkpy-social-connectors on the class path");
    }
    return null;
  }

  private static @Nullable FileFormat format(PlaceUri uri, List<FileFormat> formats) {
    String name = uri.options().get("format");
    if (name == null) {
      return null;
    }
    return formats.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown format '"
                        + name
                        + "' in "
                        + uri
                        + "; known here are "
                        + new TreeSet<>(formats.stream().map(FileFormat::name).toList())
                        + ". Is its module, such as sparkpy-social-connectors, on the class"
                        + " path?"));
  }

  /** Returns the path; that of a {@code file:} URI without its percent signs. */
  private static String path(PlaceUri uri) {
    String location = uri.location();
    if (uri.withSecrets().toLowerCase(Locale.ROOT).startsWith("file:")
        && location.startsWith("/")
        && location.indexOf('%') >= 0) {
      try {
        return Path.of(URI.create("file://" + location)).toString();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            uri + " is not a well-formed file: URI; give the path itself instead", e);
      }
    }
    return location;
  }

  private static @Nullable Path toPath(String location) {
    try {
      return Path.of(location);
    } catch (InvalidPathException e) {
      if (isGlob(location)) {
        return null;
      }
      throw new IllegalArgumentException("This is no path: " + e.getReason(), e);
    }
  }

  private static boolean isGlob(String location) {
    return location.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Path> expand(PlaceUri uri, String pattern) {
    int firstGlob = 0;
    while ("*?[{".indexOf(pattern.charAt(firstGlob)) < 0) {
      firstGlob++;
    }
    int slash = pattern.lastIndexOf('/', firstGlob);
    String directory = pattern.substring(0, slash + 1);
    Path base = Path.of(directory.isEmpty() ? "." : directory);
    String rest = pattern.substring(slash + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/", -1).length;
    List<Path> found = List.of();
    if (Files.isDirectory(base)) {
      try (Stream<Path> paths = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
        found =
            paths
                .filter(path -> matcher.matches(base.relativize(path)) && Files.isRegularFile(path))
                .map(path -> directory.isEmpty() ? base.relativize(path) : path)
                .sorted()
                .toList();
      } catch (IOException e) {
        throw new StoreException("Cannot list the files that match " + uri, e);
      }
    }
    if (found.isEmpty()) {
      throw new StoreException("No file matches " + uri + "; check the directory and the pattern");
    }
    return found;
  }

  /** What a store of files can do when it is only read. */
  static final Set<StoreCapability> READING =
      Set.of(StoreCapability.READ, StoreCapability.MIXED_KINDS, StoreCapability.RAW);
}
