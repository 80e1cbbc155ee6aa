package io.github.sparkpysocial.viz.export;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.internal.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes figures in one format. Immutable and thread-safe. */
public interface Exporter {

  /**
   * Writes the figure to a stream, flushes it and leaves it open.
   *
   * @throws IOException if the stream cannot be written
   * @throws IllegalArgumentException if the figure is not one of this library
   */
  void write(Figure figure, OutputStream out) throws IOException;

  /**
   * Writes the figure to a file, whatever its ending, and makes the folders that are missing. The
   * file appears whole or not at all: it is written under a temporary name beside it and renamed.
   *
   * @throws IOException if the file cannot be written; what was there before is still there
   * @throws IllegalArgumentException if the figure is not one of this library
   */
  default void write(Figure figure, Path file) throws IOException {
    WholeFile.write(file, out -> write(figure, out));
  }
}
