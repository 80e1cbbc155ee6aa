package io.github.sparkpysocial.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of the samples in a process of its own, as a person would start it. */
public final class ProgramProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Thread listener;
  private final StringBuilder said = new StringBuilder();
  private boolean silent;

  private ProgramProcess(Process process) {
    this.process = process;
    this.listener = new Thread(this::listen, "program-output");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts a program.
   *
   * @param directory where it works
   * @param environment beside that of this process
   */
  public static ProgramProcess start(
      Class<?> program, Path directory, Map<String, String> environment, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String open : List.of("java.nio", "java.lang.invoke", "java.util")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-Duser.timezone=UTC",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.sql.shuffle.partitions=2",
            "-Dspark.sql.session.timeZone=UTC",
            "-cp",
            classPath(),
            program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ProgramProcess(builder.start());
  }

  /** Absolute, since the program works elsewhere. */
  private static String classPath() {
    String given =
        Objects.requireNonNullElse(
            System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
    return String.join(
        java.io.File.pathSeparator,
        Pattern.compile(java.io.File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(given)
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        synchronized (this) {
          said.append(line).append('\n');
          notifyAll();
        }
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    } finally {
      synchronized (this) {
        silent = true;
        notifyAll();
      }
    }
  }

  /** Returns what it has said so far, on both outputs. */
  public synchronized String said() {
    return said.toString();
  }

  /** Waits until it has said something that matches, and returns the first group, or the whole. */
  public synchronized String await(String regex) throws InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Matcher found = pattern.matcher(said);
      if (found.find()) {
        return found.group(found.groupCount() > 0 ? 1 : 0);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (silent || left <= 0) {
        throw new AssertionError(
            "It did not say '"
                + regex
                + "'"
                + (silent ? " and ended" : "")
                + "; it said:\n"
                + said);
      }
      wait(left);
    }
  }

  /** Waits until it ends by itself with this exit code. */
  public void endsWith(int exitCode) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("it ended; it said:%n%s", said())
        .isTrue();
    listener.join(PATIENCE.toMillis());
    assertThat(process.exitValue()).as("exit code; it said:%n%s", said()).isEqualTo(exitCode);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
