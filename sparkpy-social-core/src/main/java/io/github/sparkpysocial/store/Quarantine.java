package io.github.sparkpysocial.store;

import java.nio.file.Path;

/**
 * Where things go that could not be read or kept, so that nothing is dropped in silence.
 * Implementations are safe for use by several threads.
 */
public interface Quarantine extends AutoCloseable {

  /**
   * Returns a quarantine that appends to a file of JSON Lines, each with {@code place}, {@code
   * line}, {@code field}, {@code reason}, and {@code raw}, or {@code raw_base64} if the bytes are
   * no UTF-8. The file is made when the first thing is set aside, not before.
   *
   * @param file in a directory that exists
   */
  static Quarantine toFile(Path file) {
    return new FileQuarantine(file);
  }

  /** Returns a quarantine that keeps everything in memory, for tests and small inputs. */
  static InMemoryQuarantine inMemory() {
    return new InMemoryQuarantine();
  }

  /**
   * Sets something aside. It is durable at the latest when the quarantine is closed.
   *
   * @throws io.github.sparkpysocial.StoreException if it cannot be kept
   */
  void setAside(Rejected rejected);

  /** Returns how many things were set aside. */
  long count();

  @Override
  void close();
}
