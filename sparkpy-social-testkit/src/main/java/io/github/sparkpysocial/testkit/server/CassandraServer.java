package io.github.sparkpysocial.testkit.server;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real Cassandra 5 for tests: one node on loopback, in a JVM of its own, which ends with this
 * one. It is started by the first test that asks for it, in some ten seconds, and shared by all
 * that follow, so that each uses a keyspace of its own.
 *
 * <pre>{@code
 * private static final CassandraServer CASSANDRA = CassandraServer.shared();
 *
 * @Test
 * void keepsPosts() {
 *   PlaceUri uri = PlaceUri.parse(CASSANDRA.uri("social", "posts"));
 *   ...
 * }
 * }</pre>
 *
 * <p>Cassandra 5 runs on Java 17. A test on a newer one names a Java 17 in the environment variable
 * {@code JAVA17_HOME}; without it the test is skipped, and says so. The jars of the server, {@code
 * org.apache.cassandra:cassandra-all} and what it needs, must not be on the class path of the test:
 * their paths are in a file, joined as in {@code java -cp}, which the system property {@code
 * sparkpy.cassandra.classpath} names; by default it is {@code target/cassandra.classpath}.
 * Thread-safe.
 */
public final class CassandraServer {
  private static final int NEEDED_JAVA = 17;
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final int ASKS_EVERY_MILLIS = 100;
  private static @Nullable CassandraServer shared;

  private final int port;

  private CassandraServer(int port) {
    this.port = port;
  }

  /**
   * Returns the server of this JVM, started and ready for requests.
   *
   * @throws TestAbortedException if there is no Java 17 to run it
   * @throws IllegalStateException if its jars are not there, or it does not start; the message says
   *     what to do, or ends with the server's last words
   */
  public static synchronized CassandraServer shared() {
    CassandraServer running = shared;
    if (running == null) {
      running = start();
      shared = running;
    }
    return running;
  }

  /** Returns the address at which drivers connect. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Returns the name of the one data centre, which drivers ask for. */
  public String datacenter() {
    return "datacenter1";
  }

  /** Returns the URI of a table here as a place of records. */
  public String uri(String keyspace, String table) {
    return "cassandra://127.0.0.1:" + port + "/" + keyspace + "::" + table;
  }

  private static CassandraServer start() {
    Path java = java17();
    String classPath = classPath();
    try {
      Path home = Files.createTempDirectory("sparkpy-cassandra");
      int[] ports = freePorts();
      Path configuration = home.resolve("cassandra.yaml");
      Files.writeString(configuration, configuration(home, ports[0], ports[1]));
      Path log = home.resolve("log");
      Process process =
          new ProcessBuilder(command(java, classPath, home, configuration))
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, home)));
      CassandraServer server = new CassandraServer(ports[1]);
      server.awaitReady(process, log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Cassandra could not be started", e);
    }
  }

  private static Path java17() {
    String named = System.getenv("JAVA17_HOME");
    if (named != null && !named.isBlank()) {
      return Path.of(named, "bin", "java");
    }
    if (Runtime.version().feature() == NEEDED_JAVA) {
      return Path.of(System.getProperty("java.home"), "bin", "java");
    }
    throw new TestAbortedException(
        "Not run: Cassandra 5 needs Java 17, and this is Java "
            + Runtime.version().feature()
            + "; name a Java 17 in the environment variable JAVA17_HOME");
  }

  private static String classPath() {
    Path file =
        Path.of(System.getProperty("sparkpy.cassandra.classpath", "target/cassandra.classpath"));
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(
          "There is no class path of Cassandra in "
              + file.toAbsolutePath()
              + "; Maven writes it in the phase generate-test-resources, and the system property"
              + " sparkpy.cassandra.classpath may name another file",
          e);
    }
  }

  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket other = new ServerSocket(0, 1, loopback)) {
      return new int[] {one.getLocalPort(), other.getLocalPort()};
    }
  }

  /** Small memory, one token, nothing but loopback, everything below one directory. */
  private static String configuration(Path home, int storagePort, int nativePort) {
    return """
        cluster_name: sparkpy-social tests
        num_tokens: 1
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        commitlog_sync: periodic
        commitlog_sync_period: 10000ms
        endpoint_snitch: SimpleSnitch
        listen_address: 127.0.0.1
        rpc_address: 127.0.0.1
        storage_port: %2$d
        native_transport_port: %3$d
        start_native_transport: true
        data_file_directories: ["%1$s/data"]
        commitlog_directory: "%1$s/commitlog"
        saved_caches_directory: "%1$s/saved"
        hints_directory: "%1$s/hints"
        cdc_raw_directory: "%1$s/cdc"
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "127.0.0.1:%2$d"
        memtable_heap_space: 64MiB
        memtable_offheap_space: 64MiB
        key_cache_size: 8MiB
        auto_snapshot: false
        """
        .formatted(home, storagePort, nativePort);
  }

  private static List<String> command(Path java, String classPath, Path home, Path configuration) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    for (String exported :
        List.of(
            "java.base/jdk.internal.misc",
            "java.base/java.lang.ref",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.rmi/sun.rmi.transport.tcp",
            "java.sql/java.sql",
            "jdk.unsupported/sun.misc")) {
      command.add("--add-exports=" + exported + "=ALL-UNNAMED");
    }
    for (String opened :
        List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.lang.reflect",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "java.rmi/sun.rmi.transport.tcp",
            "jdk.management/com.sun.management.internal")) {
      command.add("--add-opens=" + opened + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Djdk.attach.allowAttachSelf=true",
            "-Dcassandra.config=" + configuration.toUri(),
            "-Dcassandra.storagedir=" + home,
            "-Dcassandra-foreground=true",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=100",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Djava.io.tmpdir=" + home,
            "-Duser.timezone=UTC",
            "-Xms256m",
            "-Xmx768m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            ownClasses() + File.pathSeparator + classPath,
            CassandraMain.class.getName(),
            home.toString()));
    return command;
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          CassandraServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The testkit's own place has no path", e);
    }
  }

  private void awaitReady(Process process, Path log) throws IOException {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (!answers()) {
      boolean ended;
      try {
        ended = process.waitFor(ASKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        ended = true;
      }
      if (ended || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "Cassandra did not start within "
                + STARTS_WITHIN.toSeconds()
                + " s; its log ends with\n"
                + tail(log));
      }
    }
  }

  /** Asks by CQL's own OPTIONS, so that a port which is merely open does not count. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(address(), 1_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(new byte[] {4, 0, 0, 0, 5, 0, 0, 0, 0});
      byte[] header = new byte[9];
      new DataInputStream(socket.getInputStream()).readFully(header);
      int supported = 6;
      return header[4] == supported;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String tail(Path log) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = Math.max(0, all.length - 4_000);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  private static void end(Process process, Path home) {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    CassandraMain.remove(home);
  }
}
