package io.github.sparkpysocial.client;

import io.github.sparkpysocial.http.ConditionalCache;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.http.JdkLiveTransport;
import io.github.sparkpysocial.http.LiveTransport;
import io.github.sparkpysocial.limit.Ceiling;
import io.github.sparkpysocial.limit.Credential;
import io.github.sparkpysocial.limit.LimitDialect;
import io.github.sparkpysocial.limit.LimitListener;
import io.github.sparkpysocial.limit.LimitPolicy;
import io.github.sparkpysocial.limit.Pacing;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.limit.Timing;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a source is opened: with which credentials, over which transport, under which limits.
 * Immutable; each {@code with} method returns a copy.
 */
public final class SourceOptions {
  /** The variable that names the directory in which processes share their limits. */
  public static final String LIMITS_VARIABLE = "SPARKPY_LIMITS_DIR";

  private final Map<String, String> environment;
  private final Clock clock;
  private HttpTransport transport = JdkHttpTransport.shared();
  private LiveTransport live = JdkLiveTransport.shared();
  private RateLimits limits = RateLimits.shared();
  private LimitPolicy policy = LimitPolicy.WAIT;
  private LimitListener listener = LimitListener.NONE;
  private @Nullable ConditionalCache cache;
  private SpendingCap spending = SpendingCap.NONE;
  private Pacing pacing = Pacing.BURST;
  private Ceiling ceiling = Ceiling.none();

  /**
   * Makes options that wait for limits and share them with the whole process.
   *
   * @param environment where credentials and endpoints are looked up, usually {@link
   *     System#getenv()}. {@code SPARKPY_SANDBOX}, the base address of a running sandbox, turns
   *     every network to it
   * @param clock the local clock, used for provenance and for times relative to now; rate limits
   *     follow the server's clock
   */
  public SourceOptions(Map<String, String> environment, Clock clock) {
    this.environment = Map.copyOf(environment);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  private SourceOptions(SourceOptions other) {
    this.environment = other.environment;
    this.clock = other.clock;
    this.transport = other.transport;
    this.live = other.live;
    this.limits = other.limits;
    this.policy = other.policy;
    this.listener = other.listener;
    this.cache = other.cache;
    this.spending = other.spending;
    this.pacing = other.pacing;
    this.ceiling = other.ceiling;
  }

  /**
   * Returns options from the process's environment and the system's clock. If {@value
   * #LIMITS_VARIABLE} names a directory, limits are shared with all processes that name the same
   * one; see {@link RateLimits#sharedBy}.
   */
  public static SourceOptions fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  static SourceOptions fromEnvironment(Map<String, String> environment) {
    SourceOptions options = new SourceOptions(environment, Clock.systemUTC());
    String directory = environment.get(LIMITS_VARIABLE);
    return directory == null || directory.isBlank()
        ? options
        : options.withLimits(RateLimits.sharedBy(Path.of(directory.strip()), Timing.system()));
  }

  /** Returns a copy that sends its requests by this transport. */
  public SourceOptions withTransport(HttpTransport newTransport) {
    SourceOptions copy = new SourceOptions(this);
    copy.transport = Objects.requireNonNull(newTransport, "transport");
    return copy;
  }

  /** Returns a copy that opens its live streams by this transport. */
  public SourceOptions withLive(LiveTransport newLive) {
    SourceOptions copy = new SourceOptions(this);
    copy.live = Objects.requireNonNull(newLive, "live");
    return copy;
  }

  /** Returns a copy that keeps its limits there; sources that share it share their pauses. */
  public SourceOptions withLimits(RateLimits newLimits) {
    SourceOptions copy = new SourceOptions(this);
    copy.limits = Objects.requireNonNull(newLimits, "limits");
    return copy;
  }

  /** Returns a copy that does this when a limit is reached. */
  public SourceOptions withPolicy(LimitPolicy newPolicy) {
    SourceOptions copy = new SourceOptions(this);
    copy.policy = Objects.requireNonNull(newPolicy, "policy");
    return copy;
  }

  /** Returns a copy that tells of waits. */
  public SourceOptions withListener(LimitListener newListener) {
    SourceOptions copy = new SourceOptions(this);
    copy.listener = Objects.requireNonNull(newListener, "listener");
    return copy;
  }

  /**
   * Returns a copy that keeps answers there and asks the server whether they are still right, which
   * GitHub does not count when it is so. Default: no cache, since a listing that is read once gains
   * nothing by it; GitHub's events, which are polled, use {@link ConditionalCache#shared()} then.
   */
  public SourceOptions withCache(ConditionalCache newCache) {
    SourceOptions copy = new SourceOptions(this);
    copy.cache = Objects.requireNonNull(newCache, "cache");
    return copy;
  }

  /** Returns a copy that keeps to these caps on what is read and spent. Default: no cap. */
  public SourceOptions withSpending(SpendingCap newSpending) {
    SourceOptions copy = new SourceOptions(this);
    copy.spending = Objects.requireNonNull(newSpending, "spending");
    return copy;
  }

  /** Returns a copy that uses announced quotas like this. Default: {@link Pacing#BURST}. */
  public SourceOptions withPacing(Pacing newPacing) {
    SourceOptions copy = new SourceOptions(this);
    copy.pacing = Objects.requireNonNull(newPacing, "pacing");
    return copy;
  }

  /**
   * Returns a copy whose sources together ask and take no more than this. Make a new ceiling for
   * each run. Default: no ceiling.
   */
  public SourceOptions withCeiling(Ceiling newCeiling) {
    SourceOptions copy = new SourceOptions(this);
    copy.ceiling = Objects.requireNonNull(newCeiling, "ceiling");
    return copy;
  }

  /** Returns where credentials and endpoints are looked up. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Returns the local clock. */
  public Clock clock() {
    return clock;
  }

  /** Returns what sends the requests, without limits. */
  public HttpTransport transport() {
    return transport;
  }

  /** Returns what opens live streams. */
  public LiveTransport live() {
    return live;
  }

  /** Returns where the state of limits is kept. */
  public RateLimits limits() {
    return limits;
  }

  /** Returns what is done when a limit is reached. */
  public LimitPolicy policy() {
    return policy;
  }

  /** Returns who hears of waits. */
  public LimitListener listener() {
    return listener;
  }

  /** Returns where answers are kept, or {@code null} if they are not. */
  public @Nullable ConditionalCache cache() {
    return cache;
  }

  /** Returns what guards how much is read and spent; clients that cost money reserve there. */
  public SpendingCap spending() {
    return spending;
  }

  /** Returns how announced quotas are used. */
  public Pacing pacing() {
    return pacing;
  }

  /** Returns the most that a run may ask and take. */
  public Ceiling ceiling() {
    return ceiling;
  }

  /**
   * Returns the transport for an endpoint of a network that spells its limits this way. It signs
   * the requests that go to the endpoint by its tokens; a client adds no {@code Authorization}.
   */
  public RateLimitedTransport transport(Endpoint endpoint, LimitDialect dialect) {
    return transport(endpoint, dialect, endpoint.credentials());
  }

  /**
   * Returns the transport for an endpoint of a network that spells its limits this way, with
   * credentials of the client's own making, such as those that renew themselves.
   */
  public RateLimitedTransport transport(
      Endpoint endpoint, LimitDialect dialect, List<? extends Credential> credentials) {
    HttpTransport plain = cache == null ? transport : cache.around(transport);
    return RateLimitedTransport.builder(plain, dialect)
        .limits(limits)
        .scope(endpoint.base().toString())
        .credentials(credentials)
        .policy(policy)
        .listener(listener)
        .pacing(pacing)
        .ceiling(ceiling)
        .build();
  }

  /** Shows which variables are set, never their values. */
  @Override
  public String toString() {
    return "SourceOptions" + environment.keySet();
  }
}
