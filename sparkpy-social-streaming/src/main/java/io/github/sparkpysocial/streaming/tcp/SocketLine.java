package io.github.sparkpysocial.streaming.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line as it came over a socket.
 *
 * @param text the line without its end, or {@code null} if it is none
 * @param problem why it is none, or {@code null}
 * @param raw the first bytes of what is no line, otherwise empty
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record SocketLine(@Nullable String text, @Nullable String problem, byte[] raw)
    implements java.io.Serializable {
  private static final int RAW_BYTES = 4_096;
  private static final byte[] NONE = {};

  /** Copies the bytes. */
  public SocketLine {
    raw = raw.clone();
  }

  @Override
  public byte[] raw() {
    return raw.clone();
  }

  static SocketLine of(byte[] bytes, int length) {
    int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
      if (text.chars().noneMatch(c -> c < ' ' && c != '\t')) {
        return new SocketLine(text, null, NONE);
      }
      return problem("the line has control characters", bytes, length);
    } catch (CharacterCodingException e) {
      return problem("the line is no UTF-8", bytes, length);
    }
  }

  private static SocketLine problem(String problem, byte[] bytes, int length) {
    return new SocketLine(null, problem, Arrays.copyOf(bytes, Math.min(length, RAW_BYTES)));
  }

  /** Reads lines and holds no more than one of the longest. Not thread-safe. */
  public static final class Reader {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[8_192];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private int position;
    private int end;

    /** Reads from a stream, which stays open. */
    public Reader(InputStream in, int longest) {
      this.in = in;
      this.longest = longest;
    }

    /**
     * Waits for the next line.
     *
     * @return the line, or {@code null} after the last; a line that breaks off is not returned
     */
    public @Nullable SocketLine next() throws IOException {
      while (true) {
        for (int i = position; i < end; i++) {
          if (buffer[i] == '\n') {
            add(i);
            position = i + 1;
            return finish();
          }
        }
        add(end);
        position = 0;
        end = in.read(buffer);
        if (end < 0) {
          end = 0;
          return null;
        }
      }
    }

    private void add(int to) {
      int room = longest - line.size();
      tooLong |= to - position > room;
      line.write(buffer, position, Math.min(room, to - position));
    }

    private SocketLine finish() {
      byte[] bytes = line.toByteArray();
      SocketLine done =
          tooLong
              ? problem("the line has more than " + longest + " bytes", bytes, bytes.length)
              : of(bytes, bytes.length);
      line.reset();
      tooLong = false;
      return done;
    }
  }
}
