package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import org.jspecify.annotations.Nullable;

/** One network of the sandbox. Thread-safe. */
interface NetworkApi {

  Network network();

  /** Returns whether a path is one of this network's. */
  boolean serves(String path);

  /** Answers a request as the network does. */
  Answer answer(Request request);

  /** Returns what limits this request is counted under. */
  String key(Request request);

  /**
   * Returns what the network documents about connecting to the stream that is asked for, or {@code
   * null} if no stream is.
   */
  default @Nullable StreamRules streamRules(Request request) {
    return null;
  }

  /** Answers that the client is limited, and shuts its key. */
  Answer limited(Request request, Fault fault);

  /** Answers that the token is no longer taken. */
  default Answer expired(Request request) {
    return failed(401);
  }

  /** Answers with an error's status and the body the network gives it. */
  Answer failed(int status);
}
