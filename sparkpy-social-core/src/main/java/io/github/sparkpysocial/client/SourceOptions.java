package io.github.sparkpysocial.client;

import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitDialect;
import io.github.sparkpysocial.limit.LimitListener;
import io.github.sparkpysocial.limit.LimitPolicy;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.limit.RateLimits;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * How a source is opened.
 *
 * @param environment where credentials and endpoints are looked up, usually {@link
 *     System#getenv()}. {@code SPARKPY_SANDBOX}, the base address of a running sandbox, turns every
 *     network to it
 * @param clock the local clock, used for provenance and for times relative to now; rate limits
 *     follow the server's clock
 * @param transport what sends the requests
 * @param limits where the state of rate limits is kept; sources that share it share their pauses
 * @param policy what to do when a limit is reached
 * @param listener who hears of waits
 */
public record SourceOptions(
    Map<String, String> environment,
    Clock clock,
    HttpTransport transport,
    RateLimits limits,
    LimitPolicy policy,
    LimitListener listener) {
  public SourceOptions {
    environment = Map.copyOf(environment);
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(listener, "listener");
  }

  /** Makes options that wait for limits and share them with the whole process. */
  public SourceOptions(Map<String, String> environment, Clock clock) {
    this(
        environment,
        clock,
        JdkHttpTransport.shared(),
        RateLimits.shared(),
        LimitPolicy.WAIT,
        LimitListener.NONE);
  }

  /** Returns options from the process's environment and the system's clock. */
  public static SourceOptions fromEnvironment() {
    return new SourceOptions(System.getenv(), Clock.systemUTC());
  }

  /** Returns a copy with another transport. */
  public SourceOptions withTransport(HttpTransport newTransport) {
    return new SourceOptions(environment, clock, newTransport, limits, policy, listener);
  }

  /** Returns a copy that keeps its limits there. */
  public SourceOptions withLimits(RateLimits newLimits) {
    return new SourceOptions(environment, clock, transport, newLimits, policy, listener);
  }

  /** Returns a copy that does this when a limit is reached. */
  public SourceOptions withPolicy(LimitPolicy newPolicy) {
    return new SourceOptions(environment, clock, transport, limits, newPolicy, listener);
  }

  /** Returns a copy that tells of waits. */
  public SourceOptions withListener(LimitListener newListener) {
    return new SourceOptions(environment, clock, transport, limits, policy, newListener);
  }

  /** Returns the transport for an endpoint of a network that spells its limits this way. */
  public RateLimitedTransport transport(Endpoint endpoint, LimitDialect dialect) {
    return RateLimitedTransport.builder(transport, dialect)
        .limits(limits)
        .scope(endpoint.scope())
        .policy(policy)
        .listener(listener)
        .build();
  }

  /** Shows which variables are set, never their values. */
  @Override
  public String toString() {
    return "SourceOptions" + environment.keySet();
  }
}
