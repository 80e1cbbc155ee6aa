package io.github.sparkpysocial.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines from bytes as they come. Unlike the JDK's readers it returns a line as soon as its
 * end is there, knows whether the last line was whole, and bounds what it keeps.
 */
final class LineReader {
  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[16 * 1024];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int position;
  private int end;

  LineReader(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the next line without its end, or {@code null} after the last.
   *
   * @throws IOException also if the last line has no end, or a line is too long
   */
  @Nullable String next() throws IOException {
    while (true) {
      for (int i = position; i < end; i++) {
        if (buffer[i] == '\n') {
          add(i);
          position = i + 1;
          return line();
        }
      }
      add(end);
      position = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        if (begun.size() > 0) {
          begun.reset();
          throw new IOException("The stream ended within a line");
        }
        return null;
      }
    }
  }

  private void add(int to) throws IOException {
    if (begun.size() + (long) (to - position) > maxBytes) {
      throw new IOException("A line of more than " + maxBytes + " bytes came");
    }
    begun.write(buffer, position, to - position);
  }

  private String line() {
    String line = begun.toString(StandardCharsets.UTF_8);
    begun.reset();
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
