package io.github.sparkpysocial.testkit.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A script of what goes wrong in a sandbox: rules that are asked in their order for each request,
 * of which the first that applies strikes. All chance comes from the seed: whether a rule strikes
 * its n-th request does not depend on threads or time.
 *
 * <pre>{@code
 * Chaos chaos =
 *     Chaos.seeded(
 *         42,
 *         ChaosRule.on("/2/", Fault.status(503)).withProbability(0.1),
 *         ChaosRule.on("/repos/", Fault.rateLimited(Duration.ofSeconds(30))).withEvery(20),
 *         ChaosRule.on("/gql-ext", Fault.truncateBody()).withSkip(3).withTimes(2));
 * Sandbox sandbox = Sandbox.builder(community).chaos(chaos).start();
 * }</pre>
 *
 * <p>The same as a file, for {@code sparkpy sandbox --chaos FILE} or {@link #load}:
 *
 * <pre>{@code
 * {"seed": 42, "rules": [
 *   {"path": "/2/", "fault": "status", "status": 503, "probability": 0.1},
 *   {"path": "/repos/", "fault": "rate-limited", "for": "30s", "every": 20},
 *   {"path": "/gql-ext", "fault": "truncate-body", "skip": 3, "times": 2}]}
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param seed what chance comes from
 * @param rules the rules, in the order they are asked
 */
public record Chaos(long seed, List<ChaosRule> rules) {
  /** Nothing goes wrong. */
  public static final Chaos NONE = new Chaos(0, List.of());

  public Chaos {
    rules = List.copyOf(rules);
  }

  /** Returns a script of these rules. */
  public static Chaos seeded(long seed, ChaosRule... rules) {
    return new Chaos(seed, List.of(rules));
  }

  /**
   * Reads a script from a file of JSON.
   *
   * @throws IllegalArgumentException if it is no script; the message names the file, the rule and
   *     what is wrong with it
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Chaos load(Path file) {
    String json;
    try {
      json = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The chaos in " + file + " cannot be read", e);
    }
    try {
      return parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a script from JSON.
   *
   * @throws IllegalArgumentException if it is none; the message names the rule and what is wrong
   */
  public static Chaos parse(String json) {
    return ChaosJson.read(json);
  }

  /** Returns the script as JSON, one rule a line, which {@link #parse} reads again. */
  public String toJson() {
    return ChaosJson.write(this);
  }
}
