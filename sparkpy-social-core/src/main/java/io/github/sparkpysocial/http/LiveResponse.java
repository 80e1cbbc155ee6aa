package io.github.sparkpysocial.http;

import java.io.Closeable;
import java.io.InputStream;
import java.net.URI;

/** An answer whose body is still coming. Its body is read by one thread; any may close it. */
public interface LiveResponse extends Closeable {

  /** Returns the address that answered, after redirects. */
  URI uri();

  /** Returns the status code, such as 200. */
  int status();

  /** Returns the headers. */
  Headers headers();

  /**
   * Returns the body as it comes. Reading it waits without a limit; a thread that waits there wakes
   * up with an {@link java.io.IOException} when the answer is closed, and only then: an interrupt
   * does not wake it.
   */
  InputStream body();

  /** Ends the connection at once. Closing twice does nothing. */
  @Override
  void close();
}
