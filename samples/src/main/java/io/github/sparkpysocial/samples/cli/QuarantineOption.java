package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.Rejected;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where unreadable input is set aside. */
final class QuarantineOption {
  static final String FILE_NAME = "quarantine.jsonl";

  @Option(
      names = "--quarantine",
      paramLabel = "FILE",
      order = 90,
      description =
          "Where to keep what cannot be read, with place and reason; made only when needed."
              + " Default: quarantine.jsonl in the directory of --out, or else"
              + " INPUT.quarantine.jsonl here.")
  private @Nullable Path file;

  /** Opens the quarantine for an input, which gives it its name. */
  Opened open(String input) {
    return new Opened(file != null ? file : Path.of(fileName(input)));
  }

  /** Opens the quarantine for results that go to a directory. */
  Opened openIn(Path directory) {
    return new Opened(file != null ? file : directory.resolve(FILE_NAME));
  }

  private static String fileName(String input) {
    if (input.equals("-")) {
      return "standard-input." + FILE_NAME;
    }
    PlaceUri uri = PlaceUri.parse(input);
    String name = uri.location();
    if (uri.isFile()) {
      Path last = Path.of(name.replace('\0', '_')).getFileName();
      name = last == null ? "" : last.toString();
    } else {
      // of a database only its name and table: what stands before may hold a password
      name = uri.scheme() + '-' + name.substring(name.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
      name = uri.table() == null ? name : name + '-' + uri.table();
    }
    return name.replaceAll("[^\\p{L}\\p{N}._-]+", "_") + '.' + FILE_NAME;
  }

  /** A quarantine and its file. */
  static final class Opened implements Quarantine {
    private final Path file;
    private final Quarantine quarantine;

    private Opened(Path file) {
      this.file = file;
      this.quarantine = Quarantine.toFile(file);
    }

    @Override
    public void setAside(Rejected rejected) {
      quarantine.setAside(rejected);
    }

    @Override
    public long count() {
      return quarantine.count();
    }

    /**
     * Says the result, and where the set aside is, if there is any.
     *
     * @return the exit code
     */
    int finish(Console console, Map<String, ? extends @Nullable Object> result) {
      quarantine.close();
      long count = quarantine.count();
      if (count > 0) {
        console.note(
            (count == 1 ? "One item was" : count + " items were")
                + " set aside in "
                + file
                + ", each with its place and the reason");
      }
      console.result(result);
      return count > 0 ? ExitCode.QUARANTINED : ExitCode.DONE;
    }

    @Override
    public void close() {
      quarantine.close();
    }
  }
}
