package io.github.sparkpysocial.ml.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of this machine; needs nothing of Hadoop. */
public final class LocalPlace implements ModelPlace {
  private final Path directory;

  public LocalPlace(Path directory) {
    this.directory = directory;
  }

  @Override
  public void fill(Content content) throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "is there already; name another directory, or remove it");
    }
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException(directory + " cannot hold a model; name a directory below it");
    }
    Files.createDirectories(parent);
    Path unfinished = Files.createTempDirectory(parent, ".model-");
    try {
      content.write(
          name ->
              new BufferedOutputStream(
                  Files.newOutputStream(
                      unfinished.resolve(name),
                      StandardOpenOption.CREATE_NEW,
                      StandardOpenOption.WRITE)));
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(unfinished);
      throw e;
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
