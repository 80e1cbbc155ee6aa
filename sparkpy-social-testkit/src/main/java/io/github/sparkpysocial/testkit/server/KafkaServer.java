package io.github.sparkpysocial.testkit.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker for tests, in this JVM and on loopback, with its own controller (KRaft). It
 * starts in a second or two; topics are made when they are first used, with two partitions. It can
 * be {@linkplain #stop stopped} and {@linkplain #start started} again, at the same port and with
 * what it has stored.
 *
 * <p>Needs {@code org.apache.kafka:kafka_2.13} on the class path, after Spark. Thread-safe.
 */
public final class KafkaServer implements AutoCloseable {
  private final Path home;
  private final Properties properties;
  private final int port;
  private @Nullable KafkaRaftServer running;

  private KafkaServer(Path home, int port, int controllerPort, Map<String, String> security) {
    this.home = home;
    this.port = port;
    this.properties = new Properties();
    String controller = "127.0.0.1:" + controllerPort;
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            "1",
            "controller.quorum.voters",
            "1@" + controller,
            "listeners",
            "CLIENT://127.0.0.1:" + port + ",CONTROLLER://" + controller,
            "advertised.listeners",
            "CLIENT://127.0.0.1:" + port,
            "inter.broker.listener.name",
            "CLIENT",
            "controller.listener.names",
            "CONTROLLER",
            "log.dirs",
            home.resolve("logs").toString()));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "group.initial.rebalance.delay.ms", "0",
            "log.cleaner.enable", "false",
            "num.partitions", "2"));
    properties.putAll(security);
  }

  /** Starts a broker that lets anybody in, and forgets everything when it is closed. */
  public static KafkaServer started() {
    return started(
        Map.of("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENT:PLAINTEXT"));
  }

  /**
   * Starts a broker that wants a name and a password (SASL, mechanism PLAIN) over loopback without
   * TLS.
   *
   * @param user a name of letters and digits
   * @param password of letters and digits
   */
  public static KafkaServer startedWithPassword(String user, String password) {
    if (!(user + password).matches("\\w+")) {
      throw new IllegalArgumentException("User and password have letters and digits only");
    }
    return started(
        Map.of(
            "listener.security.protocol.map",
            "CONTROLLER:PLAINTEXT,CLIENT:SASL_PLAINTEXT",
            "sasl.enabled.mechanisms",
            "PLAIN",
            "sasl.mechanism.inter.broker.protocol",
            "PLAIN",
            "listener.name.client.plain.sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%1$s\""
                    .formatted(user)
                + " password=\"%2$s\" user_%1$s=\"%2$s\";".formatted(user, password)));
  }

  private static KafkaServer started(Map<String, String> security) {
    try {
      int[] ports = freePorts();
      KafkaServer server =
          new KafkaServer(ServerFiles.temporary("sparkpy-kafka"), ports[0], ports[1], security);
      server.format();
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka could not be started", e);
    }
  }

  /** A broker and its controller have to know their ports before they listen. */
  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), other.getLocalPort()};
    }
  }

  private void format() throws IOException {
    Path file = home.resolve("server.properties");
    Files.writeString(
        file,
        properties.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        StorageTool.execute(
            new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
            new PrintStream(said, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IOException("The storage could not be formatted: " + said);
    }
  }

  /** Starts it again after {@link #stop}; a broker that runs is left alone. */
  public synchronized void start() {
    if (running == null) {
      KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
      server.startup();
      running = server;
    }
  }

  /** Stops it; what it has stored stays. A broker that does not run is left alone. */
  public synchronized void stop() {
    KafkaRaftServer server = running;
    running = null;
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /** Returns where clients connect to, as {@code bootstrap.servers} takes it. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Stops it and removes what it has stored. Closing twice does nothing. */
  @Override
  public void close() {
    stop();
    if (Files.exists(home)) {
      ServerFiles.delete(home);
    }
  }
}
