package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A request that the sandbox answered, without its token.
 *
 * @param at when, by the sandbox's clock
 * @param network the network asked
 * @param method in capitals
 * @param path decoded, without the query
 * @param query the decoded parameters
 * @param status the status answered, or 0 if the connection was closed without an answer
 */
public record RecordedRequest(
    Instant at,
    Network network,
    String method,
    String path,
    Map<String, String> query,
    int status) {

  public RecordedRequest {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    query = Map.copyOf(query);
  }
}
