package io.github.sparkpysocial.streaming.tcp;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveTraits;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.text.TextEntities;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lines of a socket as a live stream. The name of a frame's event says when and where it came. */
final class TcpLines implements LiveSource {
  private static final Network NETWORK = Network.of("tcp");
  private static final int CONNECT_MILLIS = 10_000;

  /** A socket has no keep-alives: a server that says nothing for a day may still be there. */
  private static final Duration LONGEST_SILENCE = Duration.ofDays(1);

  private final PlaceUri uri;
  private final String host;
  private final int port;
  private final int longest;
  private final Clock clock;

  TcpLines(PlaceUri uri, String host, int port, int longest, Clock clock) {
    this.uri = uri;
    this.host = host;
    this.port = port;
    this.longest = longest;
    this.clock = clock;
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public Network network() {
    return NETWORK;
  }

  @Override
  public LiveTraits traits() {
    return LiveTraits.withSilence(LONGEST_SILENCE);
  }

  @Override
  public LiveConnection connect(@Nullable String resumeAt) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      socket.setKeepAlive(true);
      return new Connection(socket);
    } catch (IOException e) {
      socket.close();
      throw new IOException(uri + " cannot be reached: " + e.getMessage(), e);
    }
  }

  @Override
  public LiveMessage decode(Frame frame) {
    Origin origin = Origin.parse(Objects.requireNonNull(frame.event()));
    if (origin.problem() != null) {
      return rejected(origin.problem(), frame.text().getBytes(StandardCharsets.ISO_8859_1));
    }
    byte[] bytes = frame.text().getBytes(StandardCharsets.UTF_8);
    if (frame.text().startsWith("{\"record\":")) {
      try {
        return LiveMessage.of(List.of(RecordLine.parse(bytes)), null);
      } catch (IllegalArgumentException e) {
        return rejected(String.valueOf(e.getMessage()), bytes);
      }
    }
    Post post =
        Post.builder(NETWORK, origin.id(), frame.text())
            .createdAt(origin.at())
            .entities(TextEntities.extract(frame.text()))
            .build();
    return LiveMessage.of(List.of(post), null);
  }

  private LiveMessage rejected(String reason, byte[] raw) {
    return LiveMessage.rejected(new Rejected(uri.toString(), 0, null, reason, raw));
  }

  @Override
  public @Nullable RecordSource backfill(Hole hole) {
    return null;
  }

  @Override
  public void close() {}

  /**
   * When and where a line came, as the name of its frame's event, so that reading the frame again
   * gives the same post.
   */
  private record Origin(Instant at, String id, @Nullable String problem) {
    @Override
    public String toString() {
      return at + " " + id + " " + (problem == null ? "" : problem);
    }

    static Origin parse(String text) {
      int first = text.indexOf(' ');
      int second = text.indexOf(' ', first + 1);
      String problem = text.substring(second + 1);
      return new Origin(
          Instant.parse(text.substring(0, first)),
          text.substring(first + 1, second),
          problem.isEmpty() ? null : problem);
    }
  }

  private final class Connection implements LiveConnection {
    private final Socket socket;
    private final SocketLine.Reader lines;
    private final String name = UUID.randomUUID().toString();
    private long number;

    private Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.lines = new SocketLine.Reader(socket.getInputStream(), longest);
    }

    @Override
    public @Nullable Frame read() throws IOException {
      SocketLine line = lines.next();
      if (line == null) {
        return null;
      }
      number++;
      String text = line.text();
      Origin origin = new Origin(clock.instant(), name + "/" + number, line.problem());
      if (text == null) {
        return new Frame(origin.toString(), new String(line.raw(), StandardCharsets.ISO_8859_1));
      }
      return text.isBlank() ? Frame.KEEP_ALIVE : new Frame(origin.toString(), text);
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // What was to be closed is gone.
      }
    }
  }
}
