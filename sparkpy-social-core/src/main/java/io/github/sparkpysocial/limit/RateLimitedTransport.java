package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
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
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(2);

  /** After so many refusals without a reason to hope, with growing pauses, it gives up. */
  private static final int MOST_UNEXPLAINED = 6;

  private final HttpTransport transport;
  private final LimitDialect dialect;
  private final RateLimits limits;
  private final @Nullable Credential credential;
  private final String scope;
  private final LimitPolicy policy;
  private final LimitListener listener;
  private final int attempts;
  private final double reserve;
  private final SplittableRandom jitter;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong waitedNanos = new AtomicLong();

  private RateLimitedTransport(Builder builder) {
    this.transport = builder.transport;
    this.dialect = builder.dialect;
    this.limits = builder.limits;
    this.credential = builder.credentials.isEmpty() ? null : builder.credentials.get(0);
    this.scope =
        builder.scope + (credential == null ? " anonymous" : ' ' + credential.fingerprint());
    this.policy = builder.policy;
    this.listener = builder.listener;
    this.attempts = builder.attempts;
    this.reserve = builder.reserve;
    this.jitter = new SplittableRandom(builder.seed);
  }

  /** Returns a builder for a transport around another one. */
  public static Builder builder(HttpTransport transport, LimitDialect dialect) {
    return new Builder(transport, dialect);
  }

  /** Returns what this transport has asked and waited so far. */
  public Usage usage() {
    return new Usage(requests.get(), Duration.ofNanos(waitedNanos.get()));
  }

  /**
   * Sends a request when the limits allow it.
   *
   * @throws RateLimitExceededException if the policy does not let it wait as long as it takes
   * @throws UsageCapException if a cap is reached that waiting does not lift
   * @throws TransportException if the server gave no usable answer in any attempt
   * @throws InterruptedException if the thread is interrupted while it waits or reads
   */
  @Override
  public HttpResponse send(HttpRequest request) throws InterruptedException {
    String key = dialect.key(request);
    int cost = Math.max(1, dialect.cost(request));
    KeyState state = limits.state(scope, key, dialect.quotas(key), reserve);
    WaitBudget budget = new WaitBudget(key, state);
    int unexplained = 0;
    for (int failures = 0; ; ) {
      KeyState address = limits.ofAddress(scope, request);
      if (address != null) {
        acquire(address, 0, budget);
      }
      acquire(state, cost, budget);
      HttpResponse response = null;
      IOException failure = null;
      try {
        requests.incrementAndGet();
        response = transport.send(credential == null ? request : credential.sign(request));
      } catch (IOException e) {
        failure = e;
      } finally {
        if (response == null) {
          state.unanswered(now(), cost);
        }
      }
      Duration pause = null;
      String reason;
      if (response == null) {
        reason = failure == null ? "no answer" : String.valueOf(failure.getMessage());
        if (!dialect.isRepeatable(request)) {
          throw new TransportException(
              reason + ". It may have arrived, and asking twice may do harm", failure);
        }
      } else {
        Instant serverTime = limits.serverTime(response.headers().first("Date"));
        LimitSignal signal = dialect.read(request, response, serverTime);
        state.answered(now(), serverTime, cost, signal);
        switch (signal.verdict()) {
          case PROCEED -> {
            Duration ofAddress = signal.pause();
            if (ofAddress != null) {
              String why = signal.reason() == null ? "it is polled" : signal.reason();
              limits.pauseAddress(scope, request, now().plus(ofAddress), why);
            }
            return response;
          }
          case EXHAUSTED -> throw new UsageCapException(request + ": " + signal.reason(), null);
          case LIMITED -> {
            log.debug("{}: {}", key, signal.reason());
            if (!signal.saysHowLong() && ++unexplained == MOST_UNEXPLAINED) {
              throw new RateLimitExceededException(
                  key
                      + " refused "
                      + unexplained
                      + " times without saying for how long ("
                      + signal.reason()
                      + "); try again later, since going on may get the credential banned",
                  state.snapshot(now()));
            }
            continue;
          }
          case RETRY -> {
            pause = signal.pause();
            reason = request + " was answered " + response.status() + ": " + signal.reason();
          }
          default -> throw new AssertionError(signal.verdict());
        }
      }
      failures++;
      if (failures >= attempts) {
        throw new TransportException(reason + " (tried " + failures + " times)", failure);
      }
      backOff(key, failures, pause, reason, budget);
    }
  }

  private void acquire(KeyState state, int cost, WaitBudget budget) throws InterruptedException {
    while (true) {
      RateLimits.Delay delay = state.tryAcquire(now(), cost);
      if (delay == null) {
        return;
      }
      budget.take(delay);
      LimitWait wait =
          new LimitWait(
              budget.key,
              delay.cause(),
              delay.duration(),
              now().plus(delay.duration()),
              delay.reason());
      if (delay.duration().compareTo(Duration.ofSeconds(5)) >= 0) {
        log.info(
            "waiting {} s for {}, until {}: {}",
            delay.duration().toSeconds(),
            wait.key(),
            wait.wakesAt(),
            wait.reason());
      }
      sleep(wait);
    }
  }

  private void backOff(
      String key, int failures, @Nullable Duration asked, String reason, WaitBudget budget)
      throws InterruptedException {
    Duration pause = asked;
    if (pause == null) {
      pause = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, 10));
      pause = pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
      double share;
      synchronized (jitter) {
        share = jitter.nextDouble(); // callers that failed together do not come back together
      }
      pause = pause.plusMillis((long) (pause.toMillis() * share / 2));
    } else {
      budget.take(new RateLimits.Delay(pause, LimitWait.Cause.RETRY, reason));
    }
    log.debug("{}; trying again in {} ms", reason, pause.toMillis());
    sleep(new LimitWait(key, LimitWait.Cause.RETRY, pause, now().plus(pause), reason));
  }

  private void sleep(LimitWait wait) throws InterruptedException {
    listener.waiting(wait);
    Instant before = now();
    try {
      limits.timing().sleep(wait.duration());
    } finally {
      waitedNanos.addAndGet(Duration.between(before, now()).toNanos());
    }
  }

  private Instant now() {
    return limits.timing().now();
  }

  /** How long one request may still wait. */
  private final class WaitBudget {
    private final String key;
    private final KeyState state;
    private Duration left = policy.longestWait();

    WaitBudget(String key, KeyState state) {
      this.key = key;
      this.state = state;
    }

    void take(RateLimits.Delay delay) {
      if (delay.duration().compareTo(left) > 0) {
        Instant now = now();
        throw new RateLimitExceededException(
            "The rate limit of "
                + key
                + " is reached ("
                + delay.reason()
                + ") and would take "
                + Math.max(1, delay.duration().toSeconds())
                + " s of waiting; wait until "
                + now.plus(delay.duration())
                + ", or allow it by LimitPolicy.waitUpTo(..) or LimitPolicy.WAIT",
            state.snapshot(now));
      }
      left = left.minus(delay.duration());
    }
  }

  /** Sets up a transport. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final HttpTransport transport;
    private final LimitDialect dialect;
    private RateLimits limits = RateLimits.shared();
    private String scope = "";
    private List<Credential> credentials = List.of();
    private LimitPolicy policy = LimitPolicy.WAIT;
    private LimitListener listener = LimitListener.NONE;
    private int attempts = 4;
    private double reserve = 0.05;
    private long seed = ThreadLocalRandom.current().nextLong();

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
