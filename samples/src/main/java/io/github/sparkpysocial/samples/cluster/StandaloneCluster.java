package io.github.sparkpysocial.samples.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster of real processes on loopback: a master, two workers with a core each,
 * and the executors of what is submitted to it. Its distribution has the jars of this class path
 * but ours, which travel with the application, as they would to a cluster of somebody else. It
 * cannot be used by several threads.
 */
public final class StandaloneCluster implements AutoCloseable {
  static final int WORKERS = 2;

  /** What a worker offers beyond the heap of its executor, for what Spark adds to it. */
  private static final int OVERHEAD_MEGABYTES = 100;

  private static final long STARTS_WITHIN_SECONDS = 60;

  /** What {@code bin/spark-submit} opens to Spark. */
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Path home;
  private final int port;
  private final int webPort;
  private final int executorMegabytes;
  private final List<String> ours = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path home, int port, int webPort, int executorMegabytes) {
    this.home = home;
    this.port = port;
    this.webPort = webPort;
    this.executorMegabytes = executorMegabytes;
  }

  /**
   * Starts master and workers; {@link #awaitWorkers} says when they are there.
   *
   * @param home an empty directory, for the distribution, logs and files of the executors; its path
   *     has no comma
   * @param executorMegabytes the heap of each executor, of which a worker has one
   */
  public static StandaloneCluster start(Path home, int executorMegabytes) throws IOException {
    int[] ports = freePorts(2);
    StandaloneCluster cluster = new StandaloneCluster(home, ports[0], ports[1], executorMegabytes);
    cluster.install();
    cluster.run(
        "master",
        256,
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(cluster.port),
            "--webui-port",
            String.valueOf(cluster.webPort)));
    for (int number = 0; number < WORKERS; number++) {
      cluster.workers.add(
          cluster.run(
              "worker-" + number,
              256,
              List.of(
                  "org.apache.spark.deploy.worker.Worker",
                  "--host",
                  "127.0.0.1",
                  "--cores",
                  "1",
                  "--memory",
                  executorMegabytes + OVERHEAD_MEGABYTES + "m",
                  "--webui-port",
                  "0",
                  "--work-dir",
                  home.resolve("work-" + number).toString(),
                  cluster.master())));
    }
    return cluster;
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  /**
   * Waits until the master says that all workers are there.
   *
   * @throws IllegalStateException if that takes more than a minute
   */
  public void awaitWorkers() throws IOException, InterruptedException {
    URI state = URI.create("http://127.0.0.1:" + webPort + "/json/");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_WITHIN_SECONDS);
    int alive = 0;
    while (alive < WORKERS) {
      if (System.nanoTime() > deadline || processes.get(0).waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("The cluster did not start; see below\n" + logs());
      }
      try (InputStream answer = state.toURL().openStream()) {
        alive = new ObjectMapper().readTree(answer).path("aliveworkers").asInt();
      } catch (ConnectException e) {
        alive = 0; // not yet
      }
    }
  }

  /** Returns the settings of an application whose driver is a process of this machine. */
  public Map<String, String> settings() {
    return Map.of(
        "spark.master",
        master(),
        "spark.jars",
        String.join(",", ours),
        "spark.cores.max",
        String.valueOf(WORKERS),
        "spark.executor.cores",
        "1",
        "spark.executor.memory",
        executorMegabytes + "m",
        "spark.driver.host",
        "127.0.0.1",
        "spark.driver.bindAddress",
        "127.0.0.1",
        "spark.scheduler.minRegisteredResourcesRatio",
        "1");
  }

  /** Returns the processes of the executors that run now. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(Process::children).filter(ProcessHandle::isAlive).toList();
  }

  /** Returns the last words of all processes. */
  String logs() throws IOException {
    StringBuilder said = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(stderr|\\.log)")).toList()) {
        List<String> lines = Files.readAllLines(file);
        said.append("--- ").append(home.relativize(file)).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 60), lines.size())
            .forEach(line -> said.append(line).append('\n'));
      }
    }
    return said.toString();
  }

  /** Lays out the distribution: {@code jars} and {@code conf}. */
  private void install() throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        conf.resolve("log4j2.properties"),
        """
        rootLogger.level = warn
        rootLogger.appenderRef.stderr.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.target = SYSTEM_ERR
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n%ex
        """);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      String name = path.getFileName().toString();
      if (Files.isDirectory(path)) {
        ours.add(packed(path, home.resolve("ours-" + ours.size() + ".jar")).toString());
      } else if (name.startsWith("sparkpy-social-")) {
        ours.add(path.toString());
      } else if (Files.isRegularFile(path) && Files.notExists(jars.resolve(name))) {
        Files.createSymbolicLink(jars.resolve(name), path);
      }
    }
  }

  private static Path packed(Path directory, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Starts a JVM with the distribution as its class path; it is killed with the cluster. */
  Process run(String name, int megabytes, List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENS.forEach(opened -> all.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
    all.addAll(
        List.of(
            "-Xmx" + megabytes + "m",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-XX:+UseSerialGC",
            "-Duser.timezone=UTC",
            "-cp",
            home.resolve("conf") + File.pathSeparator + home.resolve("jars") + "/*"));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("SPARK_"));
    environment.putAll(
        new HashMap<>(
            Map.of(
                "SPARK_HOME", home.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_LOCAL_DIRS", Files.createDirectories(home.resolve("local")).toString(),
                "JAVA_HOME", System.getProperty("java.home"))));
    Process process =
        builder
            .directory(home.toFile())
            .redirectError(home.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private static int[] freePorts(int count) throws IOException {
    int[] ports = new int[count];
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      ports[i] = socket.getLocalPort();
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  /** Kills everything. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      process.descendants().forEach(all::add);
      all.add(process.toHandle());
    }
    for (ProcessHandle process : all) {
      boolean unused = process.destroyForcibly();
    }
    all.forEach(process -> process.onExit().join());
    try (Stream<Path> links = Files.list(home.resolve("jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
