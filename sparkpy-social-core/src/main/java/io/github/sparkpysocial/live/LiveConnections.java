package io.github.sparkpysocial.live;

import io.github.sparkpysocial.http.LiveResponse;
import io.github.sparkpysocial.http.WebSocketConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The three ways in which networks cut a stream into frames. */
public final class LiveConnections {
  /** How long a line or an event may be: far more than any post with all its fields. */
  private static final int MAX_FRAME_BYTES = 4 << 20;

  private static final Duration LONG = Duration.ofHours(1);

  private LiveConnections() {}

  /**
   * Returns a connection that sends one frame on each line, ended by {@code \n} or {@code \r\n}; an
   * empty line is a keep-alive. A line that the end of the body breaks off is never returned, even
   * if the server ended the body in order: reading it fails. Lines of more than 4 MiB fail.
   */
  public static LiveConnection lines(LiveResponse response) {
    LineReader lines = new LineReader(response.body(), MAX_FRAME_BYTES);
    return new Lines(response, lines);
  }

  /**
   * Returns a connection of server-sent events (<a
   * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML standard</a>): the
   * frame has the name of the event and its data; comments are keep-alives. An event that the end
   * of the body breaks off is never returned. Events of more than 4 MiB fail.
   */
  public static LiveConnection events(LiveResponse response) {
    LineReader lines = new LineReader(response.body(), MAX_FRAME_BYTES);
    return new Events(response, lines);
  }

  /** Returns a connection with one frame for each message of a WebSocket; pings are keep-alives. */
  public static LiveConnection messages(WebSocketConnection socket) {
    return new Messages(socket);
  }

  private record Lines(LiveResponse response, LineReader lines) implements LiveConnection {
    @Override
    public @Nullable Frame read() throws IOException {
      String line = lines.next();
      if (line == null) {
        return null;
      }
      return line.isEmpty() ? Frame.KEEP_ALIVE : new Frame(null, line);
    }

    @Override
    public void close() {
      response.close();
    }
  }

  private record Events(LiveResponse response, LineReader lines) implements LiveConnection {
    @Override
    public @Nullable Frame read() throws IOException {
      String name = null;
      StringBuilder data = null;
      while (true) {
        String line = lines.next();
        if (line == null) {
          if (data != null || name != null) {
            throw new IOException("The stream ended within an event");
          }
          return null;
        }
        if (line.isEmpty()) {
          if (data != null) {
            return new Frame(name, data.toString());
          }
          name = null; // an event without data is dispatched to nobody
          continue;
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (colon == 0 && data == null && name == null) {
          return Frame.KEEP_ALIVE;
        } else if (field.equals("event")) {
          name = value;
        } else if (field.equals("data")) {
          data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
          if (data.length() > MAX_FRAME_BYTES) {
            throw new IOException("An event of more than " + MAX_FRAME_BYTES + " characters came");
          }
        }
      }
    }

    @Override
    public void close() {
      response.close();
    }
  }

  private record Messages(WebSocketConnection socket) implements LiveConnection {
    @Override
    public @Nullable Frame read() throws IOException, InterruptedException {
      while (true) {
        try {
          String text = socket.receive(LONG);
          if (text == null) {
            return null;
          }
          return text.isEmpty() ? Frame.KEEP_ALIVE : new Frame(null, text);
        } catch (SocketTimeoutException e) {
          // Go on waiting: whoever watches the connection ends it when it is silent for too long.
        }
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
