package io.github.sparkpysocial.streaming.journal;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/** Says why a journal cannot be read. */
final class UnreadableJournal {
  private UnreadableJournal() {}

  /**
   * Returns what to throw. Spark stops a query by interrupting its thread, and takes it for a
   * failure of the query unless the channel's own exception comes out, wrapped by nobody else.
   */
  static RuntimeException because(Path directory, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new UncheckedIOException(
          "Interrupted while the journal " + directory + " was read", e);
    }
    return new StoreException("The journal " + directory + " cannot be read: " + e, e);
  }
}
