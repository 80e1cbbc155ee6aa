package io.github.sparkpysocial.ml.internal;

/**
 * Spreads the bits of a number over all others, so that any of them may serve as chance (Steele,
 * Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators", section 5).
 */
public final class SplitMix64 {
  private SplitMix64() {}

  /** Returns another number for each. */
  public static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
