package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.SplitMix64;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Some thousand posts in a few arrays: their texts, and their tokens as numbers in a dictionary of
 * the block's own. Ids and texts are kept in UTF-8.
 */
final class PostBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The tokens of all posts, each once, and what they hash to. */
  final String[] dictionary;

  /** Where the terms of a post begin; one more entry than posts. */
  final int[] starts;

  /** The different terms of each post, in the order of the text. */
  final int[] terms;

  /** How often each of them is in the post. */
  final int[] frequencies;

  /** Two halves of a hash of what the post says; see {@link PostBlocks}. */
  final long[] high;

  final long[] low;
  final Bytes ids;
  final Bytes texts;

  /** How many posts are in each language, by primary tag. */
  final Map<String, Long> languages;

  /** The time of the oldest post in microseconds since 1970; the largest number if none has one. */
  final long from;

  /** The time of the newest post; the smallest number if none has one. */
  final long to;

  PostBlock(
      String[] dictionary,
      int[] starts,
      int[] terms,
      int[] frequencies,
      long[] high,
      long[] low,
      Bytes ids,
      Bytes texts,
      Map<String, Long> languages,
      long from,
      long to) {
    this.dictionary = dictionary;
    this.starts = starts;
    this.terms = terms;
    this.frequencies = frequencies;
    this.high = high;
    this.low = low;
    this.ids = ids;
    this.texts = texts;
    this.languages = languages;
    this.from = from;
    this.to = to;
  }

  int size() {
    return high.length;
  }

  /** Strings one after the other. */
  static final class Bytes implements Serializable {
    private static final long serialVersionUID = 1L;

    private byte[] bytes = new byte[1024];
    private int[] ends = new int[64];
    private int size;

    void add(String string) {
      add(string.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] added) {
      int start = length();
      if (start + added.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(start + added.length, 2 * bytes.length));
      }
      System.arraycopy(added, 0, bytes, start, added.length);
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, 2 * size);
      }
      ends[size++] = start + added.length;
    }

    int length() {
      return size == 0 ? 0 : ends[size - 1];
    }

    String get(int index) {
      int start = start(index);
      return new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    /** Returns those at some places. */
    Bytes at(int[] places) {
      Bytes some = new Bytes();
      for (int place : places) {
        some.add(Arrays.copyOfRange(bytes, start(place), ends[place]));
      }
      return some;
    }

    /** Returns a hash of each. */
    long[] hashes() {
      long[] hashes = new long[size];
      for (int i = 0; i < size; i++) {
        long hash = 0;
        for (int j = start(i); j < ends[i]; j++) {
          hash = hash * 0x100000001B3L + bytes[j];
        }
        hashes[i] = SplitMix64.mix(hash);
      }
      return hashes;
    }

    /** Compares as UTF-8, which is the order of code points. */
    static int compare(Bytes a, int i, Bytes b, int j) {
      return Arrays.compareUnsigned(a.bytes, a.start(i), a.ends[i], b.bytes, b.start(j), b.ends[j]);
    }

    private int start(int index) {
      return index == 0 ? 0 : ends[index - 1];
    }
  }
}
