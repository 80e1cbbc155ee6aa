package io.github.sparkpysocial.live;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One open connection of a live source. One thread reads; any may close. */
public interface LiveConnection extends Closeable {

  /**
   * Waits for the next frame, keep-alives included.
   *
   * @return the frame, or {@code null} if the server ended the stream in order. A frame that breaks
   *     off is never returned
   * @throws IOException if the connection broke or was closed by another thread
   * @throws InterruptedException if the thread is interrupted
   */
  @Nullable Frame read() throws IOException, InterruptedException;

  /** Ends the connection at once and wakes the reading thread. Closing twice does nothing. */
  @Override
  void close();
}
