package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.store.RecordLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A live source that says what a test wants, when it wants: a socket with a record a line. */
final class PostSocket implements AutoCloseable {
  private final ServerSocket server;
  private @Nullable Socket client;

  private PostSocket(ServerSocket server) {
    this.server = server;
  }

  static PostSocket open() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server.setSoTimeout(120_000);
    return new PostSocket(server);
  }

  String place() {
    return "tcp:127.0.0.1:" + server.getLocalPort();
  }

  /** Waits for whoever listens, and sends. */
  void send(Post... posts) throws IOException {
    Socket listener = client;
    if (listener == null) {
      listener = server.accept();
      client = listener;
    }
    for (Post post : posts) {
      listener.getOutputStream().write(RecordLine.of(post));
      listener.getOutputStream().write('\n');
    }
    listener.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
    server.close();
  }
}
