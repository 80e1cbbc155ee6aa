package io.github.sparkpysocial.testkit.sandbox;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@link Chaos}: which answers a fault befalls. Without conditions it befalls all
 * answers on its path; each condition narrows that, and all of them have to hold. Immutable; each
 * {@code with} method returns a copy.
 *
 * @param path the beginning of the paths, such as {@code /repos/}; {@code /} for all
 * @param fault what goes wrong
 * @param skip how many requests on the path are left alone first
 * @param every it counts each so many-th request after those, beginning with the first
 * @param probability how probable it is for each that counts, from 0 to 1
 * @param times how often it happens at most
 * @param from how long after the start of the sandbox it begins, by the sandbox's clock
 * @param until how long after the start it ends, or {@code null} for never
 */
public record ChaosRule(
    String path,
    Fault fault,
    int skip,
    int every,
    double probability,
    int times,
    Duration from,
    @Nullable Duration until) {

  public ChaosRule {
    Objects.requireNonNull(fault, "fault");
    Objects.requireNonNull(from, "from");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must begin with a slash, was '" + path + "'");
    }
    if (skip < 0) {
      throw new IllegalArgumentException("skip must not be negative, was " + skip);
    }
    if (every < 1) {
      throw new IllegalArgumentException("every must be positive, was " + every);
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is from 0 to 1, was " + probability);
    }
    if (times < 1) {
      throw new IllegalArgumentException("times must be positive, was " + times);
    }
    if (from.isNegative() || (until != null && until.compareTo(from) <= 0)) {
      throw new IllegalArgumentException(
          "from must not be negative and until come after it, were " + from + " and " + until);
    }
  }

  /**
   * Returns the rule that a fault befalls all answers on a path.
   *
   * @throws IllegalArgumentException if the path does not begin with a slash
   */
  public static ChaosRule on(String path, Fault fault) {
    return new ChaosRule(path, fault, 0, 1, 1, Integer.MAX_VALUE, Duration.ZERO, null);
  }

  /**
   * Returns a copy that leaves so many requests alone first.
   *
   * @throws IllegalArgumentException if negative
   */
  public ChaosRule withSkip(int requests) {
    return new ChaosRule(path, fault, requests, every, probability, times, from, until);
  }

  /**
   * Returns a copy that counts only each so many-th request.
   *
   * @throws IllegalArgumentException if not positive
   */
  public ChaosRule withEvery(int requests) {
    return new ChaosRule(path, fault, skip, requests, probability, times, from, until);
  }

  /**
   * Returns a copy with another probability, by the seed of the chaos.
   *
   * @throws IllegalArgumentException if not from 0 to 1
   */
  public ChaosRule withProbability(double newProbability) {
    return new ChaosRule(path, fault, skip, every, newProbability, times, from, until);
  }

  /**
   * Returns a copy that happens so often at most.
   *
   * @throws IllegalArgumentException if not positive
   */
  public ChaosRule withTimes(int most) {
    return new ChaosRule(path, fault, skip, every, probability, most, from, until);
  }

  /**
   * Returns a copy that holds from so long after the start until so long after it.
   *
   * @param end {@code null} for never
   * @throws IllegalArgumentException if the start is negative or the end not after it
   */
  public ChaosRule withTime(Duration start, @Nullable Duration end) {
    return new ChaosRule(path, fault, skip, every, probability, times, start, end);
  }
}
