package io.github.sparkpysocial.store;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one file, item by item, in constant memory. */
interface ItemReader extends Closeable {

  /** Returns the next item, which may be a bad one, or {@code null} at the end. */
  @Nullable Item next() throws IOException;
}
