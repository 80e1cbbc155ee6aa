package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transport that keeps a network's limits. Before each request it waits until the quota allows
 * it; a request that is refused for a limit is sent again after the wait the server asks for, which
 * is no failure and does not count as one; what fails by accident (no answer, status 5xx) is tried
 * again a few times with growing pauses. Answers that are the caller's affair are returned as they
 * are.
 *
 * <p>Thread-safe. All transports of the same {@link RateLimits} and scope share their pauses.
 */
public final class RateLimitedTransport implements HttpTransport {
  private static final Logger log = LoggerFactory.getLogger(RateLimitedTransport.class);

  /** After so many refusals without a reason to hope, with growing pauses, it gives up. */
  private static final int MOST_UNEXPLAINED = 6;

  private final HttpTransport transport;
  private final LimitDialect dialect;
  private final RateLimits limits;
  private final String scope;
  private final List<Credential> credentials;
  private final List<String> fingerprints;
  private final double reserve;
  private final Pacing pacing;
  private final Ceiling ceiling;
  private final Waits waits;
  private final AtomicLong requests = new AtomicLong();

  private RateLimitedTransport(Builder builder) {
    this.transport = builder.transport;
    this.dialect = builder.dialect;
    this.limits = builder.limits;
    this.scope = builder.scope;
    this.credentials = builder.credentials;
    this.fingerprints =
        credentials.isEmpty()
            ? List.of("anonymous")
            : credentials.stream().map(Credential::fingerprint).toList();
    this.reserve = builder.reserve;
    this.pacing = builder.pacing;
    this.ceiling = builder.ceiling;
    this.waits = new Waits(builder);
  }

  /** Returns a builder for a transport around another one. */
  public static Builder builder(HttpTransport transport, LimitDialect dialect) {
    return new Builder(transport, dialect);
  }

  /** Returns what this transport has asked and waited so far. */
  public Usage usage() {
    return new Usage(requests.get(), waits.waited());
  }

  /**
   * Sends a request when the limits allow it.
   *
   * @throws RateLimitExceededException if the policy does not let it wait as long as it takes
   * @throws UsageCapException if a cap is reached that waiting does not lift
   * @throws CeilingReachedException if the run's ceiling is reached; nothing was sent
   * @throws TransportException if the server gave no usable answer in any attempt
   * @throws InterruptedException if the thread is interrupted while it waits or reads
   */
  @Override
  public HttpResponse send(HttpRequest request) throws InterruptedException {
    return new Exchange(request).run();
  }

  private Instant now() {
    return limits.timing().now();
  }

  /** One request until its answer is there. */
  private final class Exchange {
    private final HttpRequest request;
    private final Ask ask;
    private final Waits.Budget budget;
    private final Set<Integer> refused = new HashSet<>();
    private boolean renewed;
    private int unexplained;

    Exchange(HttpRequest request) {
      String key = dialect.key(request);
      this.request = request;
      this.ask =
          new Ask(
              scope,
              fingerprints,
              key,
              dialect.quotas(key),
              Math.max(1, dialect.cost(request)),
              Digest.of(request.method() + ' ' + request.uri()),
              reserve,
              pacing);
      this.budget = waits.budget(key);
    }

    HttpResponse run() throws InterruptedException {
      while (true) {
        ceiling.request(now());
        Ask.Turn turn = acquire();
        HttpRequest signed =
            credentials.isEmpty() ? request : credentials.get(turn.credential()).sign(request);
        Instant sent = now();
        HttpResponse response = null;
        IOException failure = null;
        try {
          requests.incrementAndGet();
          response = transport.send(signed);
        } catch (IOException e) {
          failure = e;
        } finally {
          if (response == null) {
            limits.book().unanswered(ask, turn);
          }
        }
        if (response == null) {
          String reason = failure == null ? "no answer" : String.valueOf(failure.getMessage());
          if (!dialect.isRepeatable(request)) {
            throw new TransportException(
                reason + ". It may have arrived, and asking twice may do harm", failure);
          }
          budget.failed(null, reason, failure);
        } else if (isFinal(turn, signed, response, sent)) {
          return response;
        }
      }
    }

    private Ask.Turn acquire() throws InterruptedException {
      while (true) {
        Ask.Turn turn = limits.book().acquire(ask, "");
        Delay delay = turn.delay();
        if (delay == null) {
          return turn;
        }
        budget.await(delay, () -> limits.book().snapshot(ask, turn.credential()));
      }
    }

    /** Notes what an answer says; returns whether it is for the caller. */
    private boolean isFinal(Ask.Turn turn, HttpRequest signed, HttpResponse response, Instant sent)
        throws InterruptedException {
      Instant received = now();
      Instant serverTime = limits.clock(scope).read(response.headers(), sent, received);
      LimitSignal signal = dialect.read(signed, response, serverTime);
      if (signal.verdict() == LimitSignal.Verdict.PROCEED && !dialect.isWhole(response)) {
        signal =
            LimitSignal.retry(
                signal.quotas(),
                null,
                "its JSON breaks off, or is not JSON, in " + response.sizeBytes() + " bytes");
      }
      LimitReach reach =
          signal.verdict() == LimitSignal.Verdict.LIMITED
              ? dialect.reach(signed, response)
              : LimitReach.KEY;
      limits.book().answered(ask, turn, received, serverTime, signal, reach);
      switch (signal.verdict()) {
        case PROCEED -> {
          return !dialect.isCredentialRefused(response) || !hasAnother(turn, signed);
        }
        case EXHAUSTED -> throw new UsageCapException(request + ": " + signal.reason(), null);
        case LIMITED -> {
          log.debug("{}: {}", ask.key(), signal.reason());
          if (!signal.saysHowLong() && ++unexplained == MOST_UNEXPLAINED) {
            throw new RateLimitExceededException(
                ask.key()
                    + " refused "
                    + unexplained
                    + " times without saying for how long ("
                    + signal.reason()
                    + "); try again later, since going on may get the credential banned",
                limits.book().snapshot(ask, turn.credential()));
          }
          return false;
        }
        case RETRY -> {
          if (!dialect.isRepeatable(request) && response.isSuccess()) {
            return true; // it was done; that the answer is cut is for the caller to see
          }
          budget.failed(
              signal.pause(),
              request + " was answered " + response.status() + ": " + signal.reason(),
              null);
          return false;
        }
      }
      throw new AssertionError(signal.verdict());
    }

    /** Returns whether the request is worth sending by a renewed credential or another one. */
    private boolean hasAnother(Ask.Turn turn, HttpRequest signed) throws InterruptedException {
      if (credentials.isEmpty()) {
        return false;
      }
      if (!renewed && credentials.get(turn.credential()).renew(signed)) {
        renewed = true;
        return true;
      }
      refused.add(turn.credential());
      if (credentials.size() == 1) {
        return false;
      }
      limits.book().refused(ask, turn);
      log.warn(
          "{} refused the credential {} (401); going on with {} other(s). Replace it",
          scope,
          ask.credentials().get(turn.credential()),
          credentials.size() - refused.size());
      return refused.size() < credentials.size();
    }
  }

  /** Sets up a transport. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final HttpTransport transport;
    private final LimitDialect dialect;
    RateLimits limits = RateLimits.shared();
    private String scope = "";
    private List<Credential> credentials = List.of();
    LimitPolicy policy = LimitPolicy.WAIT;
    LimitListener listener = LimitListener.NONE;
    int attempts = 4;
    Duration longestRetry = Duration.ofMinutes(10);
    private double reserve = 0.05;
    private Pacing pacing = Pacing.BURST;
    Ceiling ceiling = Ceiling.none();
    long seed = ThreadLocalRandom.current().nextLong();

    private Builder(HttpTransport transport, LimitDialect dialect) {
      this.transport = Objects.requireNonNull(transport, "transport");
      this.dialect = Objects.requireNonNull(dialect, "dialect");
    }

    /** Sets where the state of limits is kept. Default: shared by the whole process. */
    public Builder limits(RateLimits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /**
     * Sets what tells servers apart, such as the address of one: requests of the same scope,
     * credential and key share a quota. Never printed, but not a place for a secret.
     */
    public Builder scope(String scope) {
      this.scope = Objects.requireNonNull(scope, "scope");
      return this;
    }

    /** Sets as whom to ask. Default: nobody; requests are sent as they are. */
    public Builder credentials(List<? extends Credential> credentials) {
      this.credentials = List.copyOf(credentials);
      return this;
    }

    /** Sets what to do when a limit is reached. Default: {@link LimitPolicy#WAIT}. */
    public Builder policy(LimitPolicy policy) {
      this.policy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Sets who hears of waits. Default: nobody; waits of 5 s or more are logged in any case. */
    public Builder listener(LimitListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets how often a request that fails by accident is sent at most. Default: 4. Waits for limits
     * do not count.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder attempts(int attempts) {
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts must be positive, was " + attempts);
      }
      this.attempts = attempts;
      return this;
    }

    /**
     * Sets which part of every announced quota is left for others who use the same credential, from
     * 0 to less than 1. Default: 0.05; of a quota below 20 nothing is kept.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder reserve(double reserve) {
      if (!(reserve >= 0 && reserve < 1)) {
        throw new IllegalArgumentException("reserve lies between 0 and 1, was " + reserve);
      }
      this.reserve = reserve;
      return this;
    }

    /**
     * Sets how long a request that fails by accident is tried again in all. Default: 10 minutes.
     * Waits for limits do not count.
     */
    public Builder longestRetry(Duration longestRetry) {
      this.longestRetry = Objects.requireNonNull(longestRetry, "longestRetry");
      return this;
    }

    /** Sets how an announced quota is used within its window. Default: {@link Pacing#BURST}. */
    public Builder pacing(Pacing pacing) {
      this.pacing = Objects.requireNonNull(pacing, "pacing");
      return this;
    }

    /** Sets the most that may be asked and taken; it is shared, not copied. Default: no ceiling. */
    public Builder ceiling(Ceiling ceiling) {
      this.ceiling = Objects.requireNonNull(ceiling, "ceiling");
      return this;
    }

    /** Sets the seed of the pauses before trying again. Default: another one each time. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Returns the transport. */
    public RateLimitedTransport build() {
      return new RateLimitedTransport(this);
    }
  }
}
