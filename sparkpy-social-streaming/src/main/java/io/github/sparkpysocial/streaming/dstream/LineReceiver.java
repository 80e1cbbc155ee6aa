package io.github.sparkpysocial.streaming.dstream;

import io.github.sparkpysocial.streaming.tcp.SocketLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.api.java.JavaReceiverInputDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.receiver.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * Brings the lines of a socket into a {@code DStream}, as Spark's own {@code socketTextStream}
 * does, but for what a socket may do to it: a line without end does not fill the memory, and bytes
 * that are no text come as {@link SocketLine#problem()} and not as characters that were never sent.
 *
 * <p>When the server ends the connection, Spark starts the receiver again after two seconds ({@code
 * spark.streaming.receiverRestartDelay}); what was sent meanwhile is lost, as a socket cannot be
 * asked again. {@link SocialReceiver} with {@code tcp:HOST:PORT} tells of such holes.
 */
@SuppressWarnings("deprecation") // the older API is what it is for
public final class LineReceiver extends Receiver<SocketLine> {
  private static final long serialVersionUID = 1L;
  private static final int CONNECT_MILLIS = 10_000;

  private final String host;
  private final int port;
  private final int longest;
  private transient volatile @Nullable Socket socket;

  private LineReceiver(String host, int port, int longest, StorageLevel level) {
    super(level);
    this.host = Objects.requireNonNull(host, "host");
    this.port = port;
    this.longest = longest;
  }

  /**
   * Returns the lines of a socket.
   *
   * @param longest how many bytes a line may have; a longer one is a problem
   * @param level how Spark keeps what was received
   */
  public static JavaReceiverInputDStream<SocketLine> lines(
      JavaStreamingContext context, String host, int port, int longest, StorageLevel level) {
    if (longest < 1) {
      throw new IllegalArgumentException("longest must be positive, was " + longest);
    }
    return context.receiverStream(new LineReceiver(host, port, longest, level));
  }

  @Override
  public void onStart() {
    Thread reading = new Thread(this::receive, "line-receiver");
    reading.setDaemon(true);
    reading.start();
  }

  @Override
  public void onStop() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // What was to be closed is gone.
      }
    }
  }

  private void receive() {
    try (Socket open = new Socket()) {
      socket = open;
      open.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      SocketLine.Reader lines = new SocketLine.Reader(open.getInputStream(), longest);
      SocketLine line;
      while (!isStopped() && (line = lines.next()) != null) {
        store(line);
      }
      restart(host + ":" + port + " ended the connection");
    } catch (IOException e) {
      if (!isStopped()) {
        restart(host + ":" + port + " cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
