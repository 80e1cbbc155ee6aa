package io.github.sparkpysocial.testkit.community;

import java.util.List;

/**
 * Random numbers that are the same on every JVM: SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014) with {@link StrictMath} for the curves.
 * A generator is made for a purpose and an index, so that any item can be made without those before
 * it.
 */
final class Rng {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Rng(long state) {
    this.state = state;
  }

  /** Returns the generator of one item. */
  static Rng of(long seed, Purpose purpose, long index) {
    return new Rng(hash(seed, purpose, index));
  }

  /** Returns 64 well-mixed bits for one item. */
  static long hash(long seed, Purpose purpose, long index) {
    return mix(mix(seed + purpose.salt) + index * GOLDEN);
  }

  /** Returns a number in [0, 1) for one item, the same each time. */
  static double unit(long seed, Purpose purpose, long index) {
    return (hash(seed, purpose, index) >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Returns a number in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Returns a whole number in [0, bound). */
  int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Returns a whole number from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  <T> T pick(List<T> items) {
    return items.get(nextInt(items.size()));
  }

  /** Returns an item by Zipf's law: the one of rank r is about r times rarer than the first. */
  <T> T pickByRank(List<T> items) {
    // The inverse of the continuous distribution with density 1/x on [1, n + 1).
    double rank = StrictMath.pow(items.size() + 1.0, nextDouble());
    return items.get(Math.min((int) rank, items.size()) - 1);
  }

  /** Returns a normally distributed number (Box and Muller). */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
  }

  /** Returns a log-normally distributed number. */
  double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  /** What a random number is for; items of one purpose do not disturb those of another. */
  enum Purpose {
    PERSON,
    LANGUAGE,
    TOPIC,
    KIND,
    DELETED,
    AUTHOR,
    TIME,
    TARGET,
    HOT,
    TEXT,
    DECORATION,
    PLACE,
    ENGAGEMENT,
    REPOSITORY,
    STAR,
    COMMIT,
    GROUP,
    MEMBERSHIP,
    EVENT,
    RSVP,
    RETOLD,
    FREE_NETWORKS;

    private final long salt = name().hashCode() * GOLDEN;
  }
}
