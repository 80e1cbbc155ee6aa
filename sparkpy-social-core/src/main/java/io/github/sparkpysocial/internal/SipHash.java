package io.github.sparkpysocial.internal;

import io.github.sparkpysocial.spi.Fingerprint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * <a href="https://www.aumasson.jp/siphash/siphash.pdf">SipHash-2-4</a> with 128 bits: as short
 * inputs come by the million, many times faster than SHA-256. Nobody who does not know the key can
 * make two inputs collide; with a random key its values are good for one process only. Immutable
 * and thread-safe.
 */
public final class SipHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long key0;
  private final long key1;

  /** Makes one with a key of 128 bits. */
  public SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** Makes one with a key that nobody can foresee. */
  public static SipHash withRandomKey() {
    SecureRandom random = new SecureRandom();
    return new SipHash(random.nextLong(), random.nextLong());
  }

  /** Returns the hash of the bytes from {@code start} up to and without {@code end}. */
  public Fingerprint of(byte[] bytes, int start, int end) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    int tail = end - ((end - start) & 7);
    long last = (long) (end - start) << 56;
    for (int i = end - 1; i >= tail; i--) {
      last |= (bytes[i] & 0xFFL) << (8 * (i - tail));
    }
    for (int i = start; i <= tail; i += Long.BYTES) {
      long word = i < tail ? (long) LONGS.get(bytes, i) : last;
      v3 ^= word;
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= word;
    }
    v2 ^= 0xee;
    long high = 0;
    for (int half = 0; half < 2; half++) {
      for (int round = 0; round < 4; round++) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      long word = v0 ^ v1 ^ v2 ^ v3;
      if (half == 1) {
        return new Fingerprint(high, word);
      }
      high = word;
      v1 ^= 0xdd;
    }
    throw new AssertionError("There are two halves");
  }
}
