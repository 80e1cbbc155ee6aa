package io.github.sparkpysocial.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that wants to go.
 *
 * @param host the server, as the {@linkplain RateLimitedTransport.Builder#scope scope} names it
 * @param credentials fingerprints of those it may be sent by, at least one
 * @param key the quota it counts against
 * @param quotas what is known of the quota beforehand
 * @param cost how much it takes
 * @param address a digest of what it asks for, to pause that alone
 * @param reserve which part of announced quotas is kept
 * @param pacing how announced quotas are used
 */
record Ask(
    String host,
    List<String> credentials,
    String key,
    List<Quota> quotas,
    long cost,
    String address,
    double reserve,
    Pacing pacing) {

  /**
   * What became of it: it may go, or has to wait.
   *
   * @param credential the place of the credential it goes by, or would go by
   * @param lease what to settle when the answer is there, 0 if it has to wait
   * @param delay how long to wait before asking again, or {@code null} if it may go
   */
  record Turn(int credential, long lease, @Nullable Delay delay) {}
}
