package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A directory that a model is saved in: of this machine, {@link LocalPlace}, or of any file system
 * that Hadoop knows, {@link HadoopPlace}. Its name, for messages, is {@code toString()}.
 */
public interface ModelPlace {
  /** Makes the files of a directory that is not there yet. */
  @FunctionalInterface
  interface NewFiles {
    OutputStream create(String name) throws IOException;
  }

  /** Writes the files of a model. */
  @FunctionalInterface
  interface Content {
    void write(NewFiles files) throws IOException;
  }

  /**
   * Writes a directory, which appears when all is written, or not at all.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  void fill(Content content) throws IOException;

  /**
   * Reads a file whole.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  byte[] read(String name) throws IOException;
}
