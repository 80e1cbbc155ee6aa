package io.github.sparkpysocial.samples.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the baselines of single files have in common. */
abstract class FileBaseline implements BulkBaseline {
  private final Path directory;
  private final String ending;

  FileBaseline(Path directory, String ending) {
    this.directory = directory;
    this.ending = ending;
  }

  @Override
  public final String target(String name) {
    return directory.resolve(name + ending).toString();
  }

  @Override
  public final void remove(String targetUri) throws IOException {
    Files.deleteIfExists(Path.of(targetUri));
  }

  /** Makes what was written durable, as a transfer does. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public final void close() {}
}
