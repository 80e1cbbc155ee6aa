package io.github.sparkpysocial.store;

import java.util.Arrays;

/** A growing run of bytes that keeps no more than it may, and says when there were more. */
final class Bytes {
  /** No item of a file is longer: whatever claims to be is broken, and memory stays bounded. */
  static final int MAX_LENGTH = 32 << 20;

  private byte[] bytes = new byte[1 << 12];
  private int length;
  private boolean tooLong;

  void append(int b) {
    if (length == MAX_LENGTH) {
      tooLong = true;
      return;
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) b;
  }

  void append(byte[] source, int start, int end) {
    int count = Math.min(end - start, MAX_LENGTH - length);
    tooLong |= count < end - start;
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
    System.arraycopy(source, start, bytes, length, count);
    length += count;
  }

  int length() {
    return length;
  }

  byte at(int index) {
    return bytes[index];
  }

  /** Returns whether something was left out since it did not fit. */
  boolean isTooLong() {
    return tooLong;
  }

  boolean contains(char ascii) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == ascii) {
        return true;
      }
    }
    return false;
  }

  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  void clear() {
    length = 0;
    tooLong = false;
    if (bytes.length > 1 << 20) {
      bytes = new byte[1 << 12];
    }
  }

  /** Returns the array of which the first {@link #length} bytes are these; good until the next. */
  byte[] array() {
    return bytes;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
