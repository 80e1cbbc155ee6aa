package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that the sandbox answered, without its token.
 *
 * @param at when, by the sandbox's clock
 * @param network the network asked
 * @param method in capitals
 * @param path decoded, without the query
 * @param query the decoded parameters
 * @param status the status answered, or 0 if the connection was closed without an answer
 * @param fault the {@linkplain Fault#name() name} of what went wrong with the answer on purpose, or
 *     {@code null} if all was well
 */
public record RecordedRequest(
    Instant at,
    Network network,
    String method,
    String path,
    Map<String, String> query,
    int status,
    @Nullable String fault) {

  public RecordedRequest {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    query = Map.copyOf(query);
  }
}
