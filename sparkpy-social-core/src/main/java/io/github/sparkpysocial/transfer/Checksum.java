package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.spi.Fingerprint;

/**
 * A sum of fingerprints modulo 2^128: the same for the same contents in any order, and another one
 * if any of them comes twice, is missing or differs.
 */
final class Checksum {
  private long count;
  private long high;
  private long low;

  void add(Fingerprint content) {
    count++;
    long sum = low + content.low();
    boolean carry = Long.compareUnsigned(sum, low) < 0;
    low = sum;
    high += content.high() + (carry ? 1 : 0);
  }

  long count() {
    return count;
  }

  boolean isSameAs(Checksum other) {
    return count == other.count && high == other.high && low == other.low;
  }

  /** Returns 32 hexadecimal digits. */
  @Override
  public String toString() {
    return new Fingerprint(high, low).toString();
  }
}
