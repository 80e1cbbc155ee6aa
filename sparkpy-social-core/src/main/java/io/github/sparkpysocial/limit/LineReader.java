package io.github.sparkpysocial.limit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines of a bounded length. Used by one thread. */
final class LineReader {
  private final InputStream in;
  private final int longestBytes;
  private final byte[] buffer = new byte[4 << 10];
  private int next;
  private int end;

  LineReader(InputStream in, int longestBytes) {
    this.in = in;
    this.longestBytes = longestBytes;
  }

  /**
   * Returns the next line without its end, or {@code null} if there is none.
   *
   * @throws IOException if it is too long, or was cut
   */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (next == end) {
        next = 0;
        end = in.read(buffer);
        if (end < 0) {
          end = 0;
          if (line.size() > 0) {
            throw new IOException("The connection ended within a line");
          }
          return null;
        }
      }
      byte b = buffer[next++];
      if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() == longestBytes) {
        throw new IOException("A line is longer than " + longestBytes + " bytes");
      }
      line.write(b);
    }
  }
}
