package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.Objects;

/**
 * A request that a well-behaved client would not have sent: more than the limit, which the answers
 * before it told, or one while it was told to wait.
 *
 * @param at when, by the sandbox's clock
 * @param network the network asked
 * @param path what was asked
 * @param rule the rule that was broken, in words
 */
public record Violation(Instant at, Network network, String path, String rule) {
  public Violation {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(rule, "rule");
  }
}
