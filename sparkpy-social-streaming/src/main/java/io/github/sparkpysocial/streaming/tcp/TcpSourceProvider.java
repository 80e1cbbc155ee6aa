package io.github.sparkpysocial.streaming.tcp;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens {@code tcp:HOST:PORT} as a live stream: each line that a server sends is a post, as of
 * {@code nc -lk 9999}. A line that begins with <code>{"record":</code> is read as a record of that
 * kind, and has its id; any other is the text of a post of network {@code tcp}, published when it
 * came.
 *
 * <p>Lines are UTF-8, ended by {@code \n} or {@code \r\n}, of at most {@code maxLine} bytes, 65536
 * by default: {@code tcp:localhost:9999?maxLine=1000}. A longer one, and one that is no text, is
 * told as rejected, with its first 4096 bytes, and the stream goes on. An empty line is passed
 * over. When the server ends the connection, it is made again; what was sent meanwhile is a hole
 * that nothing fills, since a socket cannot be asked again.
 */
public final class TcpSourceProvider implements SourceProvider {
  private static final Pattern LOCATION =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]]+):(\\d+)");
  private static final String MAX_LINE = "maxLine";
  private static final int DEFAULT_LINE_BYTES = 64 << 10;
  private static final int MOST_LINE_BYTES = 4 << 20;
  private static final int HIGHEST_PORT = 65_535;

  /** Called by {@link java.util.ServiceLoader}. */
  public TcpSourceProvider() {}

  @Override
  public String scheme() {
    return "tcp";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    throw new IllegalArgumentException(
        uri + " is a live stream: follow it, as with sparkpy stream " + uri);
  }

  @Override
  public boolean isLive(PlaceUri uri) {
    return true;
  }

  @Override
  public LiveSource openLive(PlaceUri uri, SourceOptions options) {
    Matcher address = LOCATION.matcher(uri.location());
    if (!address.matches() || !Set.of(MAX_LINE).containsAll(uri.parameters().keySet())) {
      throw new IllegalArgumentException(
          "A socket is named like tcp:HOST:PORT or tcp:HOST:PORT?maxLine=BYTES, not " + uri);
    }
    String digits = address.group(2);
    long port = digits.length() > 5 ? 0 : Long.parseLong(digits);
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("A port is from 1 to 65535, was " + digits);
    }
    return new TcpLines(uri, address.group(1), (int) port, longest(uri), Clock.systemUTC());
  }

  private static int longest(PlaceUri uri) {
    String bytes = uri.parameter(MAX_LINE);
    if (bytes == null) {
      return DEFAULT_LINE_BYTES;
    }
    long longest = bytes.matches("\\d{1,9}") ? Long.parseLong(bytes) : 0;
    if (longest < 1 || longest > MOST_LINE_BYTES) {
      throw new IllegalArgumentException(
          "maxLine is from 1 to " + MOST_LINE_BYTES + " bytes, was '" + bytes + "'");
    }
    return (int) longest;
  }
}
