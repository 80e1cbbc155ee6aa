package io.github.sparkpysocial.client;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * How a source is opened.
 *
 * @param environment where credentials and endpoints are looked up, usually {@link
 *     System#getenv()}. {@code SPARKPY_SANDBOX}, the base address of a running sandbox, turns every
 *     network to it
 * @param clock the local clock, used for provenance and waiting; rate limits follow the server's
 *     clock
 */
public record SourceOptions(Map<String, String> environment, Clock clock) {
  public SourceOptions {
    environment = Map.copyOf(environment);
    Objects.requireNonNull(clock, "clock");
  }

  /** Returns options from the process's environment and the system's clock. */
  public static SourceOptions fromEnvironment() {
    return new SourceOptions(System.getenv(), Clock.systemUTC());
  }

  /** Shows which variables are set, never their values. */
  @Override
  public String toString() {
    return "SourceOptions" + environment.keySet();
  }
}
