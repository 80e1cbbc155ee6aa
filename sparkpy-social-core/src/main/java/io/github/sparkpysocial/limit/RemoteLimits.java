package io.github.sparkpysocial.limit;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a worker on another machine reaches a {@link BudgetServer} by. It travels with the worker's
 * task and holds the secret of the job, which it does not print. Immutable.
 */
public final class RemoteLimits implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;
  private final String secret;

  RemoteLimits(String host, int port, String secret) {
    this.host = Objects.requireNonNull(host, "host");
    this.port = port;
    this.secret = Objects.requireNonNull(secret, "secret");
  }

  /**
   * Returns limits whose state the server keeps. Every request and every answer is a short exchange
   * with it. If it cannot be reached, a request fails with a {@link
   * io.github.sparkpysocial.TransportException} and is not sent: without a budget nothing is asked.
   */
  public RateLimits limits() {
    return new RateLimits(Timing.system(), new RemoteBook(host, port, secret));
  }

  /** Shows where the server is. */
  @Override
  public String toString() {
    return "RemoteLimits[" + host + ':' + port + ']';
  }
}
