package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.HttpRequest;

/**
 * As whom requests are sent. A transport with several takes for each request the one that can go
 * soonest. Implementations are thread-safe and never print what they keep.
 */
public interface Credential {

  /** Returns what tells it apart from others and does not lead back to it; empty for nobody. */
  String fingerprint();

  /**
   * Returns the request as it is sent by this credential, unchanged if it is not for its server.
   */
  HttpRequest sign(HttpRequest request);

  /**
   * Tries to get a fresh one after the server answered 401 to a request that this one signed.
   * Called by several threads at once; whoever comes after a renewal has nothing more to do.
   *
   * @param refused the request as it was sent, so that one can see whether it bore an older token
   * @return whether the same request is worth sending again, which is done once
   * @throws io.github.sparkpysocial.SocialException if renewing fails for a reason worth telling
   */
  default boolean renew(HttpRequest refused) throws InterruptedException {
    return false;
  }
}
