package io.github.sparkpysocial.store;

/**
 * Where things go that could not be read or kept, so that nothing is dropped in silence.
 * Implementations are safe for use by several threads.
 */
public interface Quarantine extends AutoCloseable {

  /** Sets something aside. It is durable at the latest when the quarantine is closed. */
  void setAside(Rejected rejected);

  /** Returns how many things were set aside. */
  long count();

  @Override
  void close();
}
