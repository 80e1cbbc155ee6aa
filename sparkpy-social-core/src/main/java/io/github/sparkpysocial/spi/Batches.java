package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.store.WriteSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Gathers what a store writes into batches. A full batch is written by a thread of its own while
 * the next is gathered, so that at most two are held; the last one is written by the caller. Used
 * by one thread.
 *
 * @param <T> what is written
 */
public final class Batches<T> implements AutoCloseable {
  /** Long texts end a batch early, so that it stays small in memory. */
  private static final long MAX_CHARACTERS = 8L << 20;

  private final int size;
  private final Function<? super List<T>, WriteSummary> writer;
  private final WriteBehind behind = new WriteBehind("sparkpy-store-writer");
  private List<T> batch = new ArrayList<>();
  private long characters;
  private WriteSummary written = WriteSummary.NONE;

  /**
   * Makes one that holds nothing.
   *
   * @param size how many make a batch
   * @param writer writes a batch, never two at once; the list is its own
   * @throws IllegalArgumentException if the size is not positive
   */
  public Batches(int size, Function<? super List<T>, WriteSummary> writer) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be positive, was " + size);
    }
    this.size = size;
    this.writer = Objects.requireNonNull(writer, "writer");
  }

  /**
   * Adds an item. Throws what the writing of an earlier batch threw; nothing after that one is
   * written then.
   *
   * @param characters about how many characters of text it has
   */
  public void add(T item, long characters) {
    batch.add(item);
    this.characters += characters;
    if (batch.size() == size || this.characters > MAX_CHARACTERS) {
      behind.await();
      List<T> full = batch;
      behind.begin(() -> write(full));
      batch = new ArrayList<>();
      this.characters = 0;
    }
  }

  private void write(List<T> items) {
    written = written.plus(writer.apply(items));
  }

  /** Writes what is left, if anything; returns what became of all. */
  public WriteSummary finish() {
    behind.await();
    if (!batch.isEmpty()) {
      List<T> rest = batch;
      batch = new ArrayList<>();
      write(rest);
    }
    return written;
  }

  /** Waits for what is being written, and writes nothing more. */
  @Override
  public void close() {
    try (behind) {
      behind.await();
    }
  }
}
