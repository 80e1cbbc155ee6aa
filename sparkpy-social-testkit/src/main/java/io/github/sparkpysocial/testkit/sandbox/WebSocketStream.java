package io.github.sparkpysocial.testkit.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's end of a WebSocket (RFC 6455), without extensions. */
final class WebSocketStream extends OpenStream {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_MESSAGE = 1 << 20;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;

  /** How long the client's closing frame may take. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final byte[] NORMAL = {0x03, (byte) 0xE8};

  private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
  private volatile int fragmentBytes = Integer.MAX_VALUE;
  private boolean closeSent;

  WebSocketStream(Socket socket, InputStream in, OutputStream out, byte[] head) {
    super(socket, in, out, head);
  }

  /** Returns the answer to a key of an opening handshake (RFC 6455 section 4.2.2). */
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1", e);
    }
  }

  /** Sends messages from now on in frames of at most so many bytes. */
  void fragment(int bytes) {
    fragmentBytes = bytes;
  }

  @Override
  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int most = fragmentBytes;
    synchronized (this) { // the frames of a message follow each other
      int from = 0;
      do {
        int length = Math.min(most, bytes.length - from);
        boolean last = from + length == bytes.length;
        frame((from == 0 ? TEXT : CONTINUATION) | (last ? FIN : 0), bytes, from, length);
        from += length;
      } while (from < bytes.length);
    }
  }

  @Override
  void sendPart(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    frame(TEXT, bytes, 0, bytes.length / 2);
  }

  @Override
  void keepAlive(String text) throws IOException {
    frame(FIN | PING, new byte[0], 0, 0);
  }

  /** Sends the closing frame and waits a moment for the client's. */
  @Override
  void end() throws IOException, InterruptedException {
    end(NORMAL);
  }

  /**
   * Ends the stream with a status of RFC 6455 section 7.4 and a reason, as for a client that is too
   * slow.
   */
  void end(int status, String reason) throws IOException, InterruptedException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    end(ByteBuffer.allocate(2 + text.length).putShort((short) status).put(text).array());
  }

  private void end(byte[] payload) throws IOException, InterruptedException {
    close(payload);
    awaitClosed(FAREWELL);
  }

  private synchronized void close(byte[] payload) throws IOException {
    if (!closeSent) {
      closeSent = true;
      frame(FIN | CLOSE, payload, 0, payload.length);
    }
  }

  private void frame(int first, byte[] payload, int from, int length) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) first);
    if (length < 126) {
      head.put((byte) length);
    } else if (length < 1 << 16) {
      head.put((byte) 126).putShort((short) length);
    } else {
      head.put((byte) 127).putLong(length);
    }
    byte[] start = new byte[head.flip().remaining()];
    head.get(start);
    write(start, Arrays.copyOfRange(payload, from, from + length));
  }

  /** Returns the next message of the client, or {@code null} if none comes in that time. */
  @Nullable String receive(Duration longest) throws InterruptedException {
    return received.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  void listen() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int first = in.read();
      if (first < 0) {
        return;
      }
      byte[] payload = payload();
      switch (first & 0x0F) {
        case TEXT, CONTINUATION -> {
          if (message.size() + payload.length > MAX_MESSAGE) {
            throw new IOException("The client sent a message that is too long");
          }
          message.writeBytes(payload);
          if ((first & FIN) != 0) {
            received.add(message.toString(StandardCharsets.UTF_8));
            message.reset();
          }
        }
        case PING -> frame(FIN | PONG, payload, 0, payload.length);
        case PONG -> {}
        case CLOSE -> {
          close(payload);
          return;
        }
        default -> throw new IOException("The client sent a frame of a kind that is not served");
      }
    }
  }

  private byte[] payload() throws IOException {
    int second = byteOf();
    if ((second & MASKED) == 0) {
      throw new IOException("The client sent a frame without a mask");
    }
    long length = second & 0x7F;
    if (length >= 126) {
      int bytes = length == 126 ? 2 : 8;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | byteOf();
      }
    }
    if (length < 0 || length > MAX_MESSAGE) {
      throw new IOException("The client sent a frame that is too long");
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes((int) length);
    if (mask.length < 4 || payload.length < length) {
      throw new EOFException("The client hung up within a frame");
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  private int byteOf() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("The client hung up within a frame");
    }
    return next;
  }
}
