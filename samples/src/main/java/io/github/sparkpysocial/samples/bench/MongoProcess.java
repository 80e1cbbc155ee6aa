package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.testkit.server.MongoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A server that speaks MongoDB's protocol in a process of its own, as a database does, so that its
 * data does not count as memory of what is measured.
 */
final class MongoProcess implements AutoCloseable {
  private final Process process;
  private final String uri;

  private MongoProcess(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  static MongoProcess start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxRAMPercentage=50",
                "-cp",
                System.getProperty("java.class.path"),
                MongoProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // a heap set there is meant for this one
    Process process = builder.start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String uri = said.readLine();
    if (uri == null) {
      process.destroyForcibly();
      throw new IOException("The process of the MongoDB server ended before it was ready");
    }
    return new MongoProcess(process, uri);
  }

  String uri() {
    return uri;
  }

  /** Serves until nobody holds the other end of its input any more, however that process ended. */
  public static void main(String[] args) throws IOException {
    try (MongoServer server = MongoServer.inMemory()) {
      System.out.println(server.uri());
      System.in.read();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
