package io.github.sparkpysocial.internal;

import io.github.sparkpysocial.spi.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells for sure that a fingerprint was not seen before, and almost for sure that it was: a Bloom
 * filter of two bytes an entry that grows by layers, each twice as large as the one before (<a
 * href="https://doi.org/10.1016/j.ipl.2006.10.007">Almeida et al. 2007</a>, with one error rate for
 * all layers). With 16 bits an entry and 8 probes, fewer than 6 in 10,000 are suspected wrongly by
 * one layer.
 */
public final class SeenFilter {
  private static final int BITS_AN_ENTRY = 16;
  private static final int PROBES = 8;
  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int LARGEST_CAPACITY = 1 << 30;

  private final List<long[]> layers = new ArrayList<>();
  private int capacity = FIRST_CAPACITY;
  private int free;

  /** Adds a fingerprint; returns whether it may have been added before. */
  public boolean add(Fingerprint key) {
    for (long[] layer : layers) {
      if (contains(layer, key)) {
        return true;
      }
    }
    if (free == 0) {
      if (!layers.isEmpty() && capacity < LARGEST_CAPACITY) {
        capacity *= 2;
      }
      layers.add(new long[(int) ((long) capacity * BITS_AN_ENTRY / Long.SIZE)]);
      free = capacity;
    }
    long[] layer = layers.get(layers.size() - 1);
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(layer, key, probe);
      layer[(int) (bit >>> 6)] |= 1L << bit;
    }
    free--;
    return false;
  }

  private static boolean contains(long[] layer, Fingerprint key) {
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(layer, key, probe);
      if ((layer[(int) (bit >>> 6)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static long bit(long[] layer, Fingerprint key, int probe) {
    return (key.high() + probe * (key.low() | 1)) & ((long) layer.length * Long.SIZE - 1);
  }
}
