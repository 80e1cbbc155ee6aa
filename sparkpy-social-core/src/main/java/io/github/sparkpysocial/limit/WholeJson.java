package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Looks whether JSON was cut: whether its brackets and strings are closed. It reads each byte once
 * and builds nothing, which costs a fraction of parsing. Not thread-safe.
 */
final class WholeJson {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private static final int BUFFER_BYTES = 8 << 10;

  /** Deeper documents are left to the parser to refuse. */
  private static final int DEEPEST = 1 << 12;

  private final boolean[] isObject = new boolean[DEEPEST];
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean begun;
  private boolean tooDeep;

  private WholeJson() {}

  static boolean isWhole(HttpResponse response) {
    String type = response.headers().first("Content-Type");
    if (!response.isSuccess()
        || response.sizeBytes() == 0
        || type == null
        || !isJson(type.toLowerCase(Locale.ROOT))) {
      return true;
    }
    WholeJson json = new WholeJson();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = response.stream()) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (!json.take(buffer, read)) {
          return json.tooDeep;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A stream over memory does not fail", e);
    }
    return json.begun && json.depth == 0 && !json.inString;
  }

  private static boolean isJson(String type) {
    String bare = type.indexOf(';') < 0 ? type : type.substring(0, type.indexOf(';'));
    return bare.strip().equals("application/json") || bare.strip().endsWith("+json");
  }

  /** Returns whether it may still be JSON, and is worth reading on. */
  private boolean take(byte[] bytes, int length) {
    int at = 0;
    while (at < length) {
      if (inString) {
        at = skipString(bytes, at, length);
      } else if (!takeOutsideString(bytes[at++])) {
        return false;
      }
    }
    return true;
  }

  /** Goes on within a string; returns where it ends, or the length. */
  private int skipString(byte[] bytes, int from, int length) {
    int at = from;
    if (escaped) {
      escaped = false;
      at++;
    }
    while (at < length) {
      if (at <= length - Long.BYTES && isPlain((long) LONGS.get(bytes, at))) {
        at += Long.BYTES;
        continue;
      }
      byte b = bytes[at++];
      if (b == '"') {
        inString = false;
        return at;
      }
      if (b == '\\') {
        escaped = at == length;
        at++;
      }
    }
    return length;
  }

  /** Returns whether none of eight bytes is a quote or a backslash. */
  private static boolean isPlain(long eight) {
    long quotes = eight ^ QUOTES;
    long backslashes = eight ^ BACKSLASHES;
    long found = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes);
    return (found & HIGH_BITS) == 0;
  }

  private boolean takeOutsideString(byte b) {
    if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      return true;
    }
    begun = true;
    switch (b) {
      case '"' -> inString = true;
      case '{', '[' -> {
        if (depth == DEEPEST) {
          tooDeep = true;
          return false;
        }
        isObject[depth++] = b == '{';
      }
      case '}', ']' -> {
        return depth > 0 && isObject[--depth] == (b == '}');
      }
      default -> {
        return true;
      }
    }
    return true;
  }
}
