package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of a SHA-256 digest: two keys, or two contents, with one fingerprint are the
 * same for every practical purpose, also when somebody tries to make them collide.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record Fingerprint(long high, long low) {
  /** What says where and when a record was fetched. */
  private static final Set<String> PROVENANCE = Set.of("source_uri", "fetched_at", "tool");

  private static final Map<RecordKind, Columns> COLUMNS = new EnumMap<>(RecordKind.class);

  static {
    for (RecordKind kind : RecordKind.values()) {
      COLUMNS.put(kind, Columns.of(RecordSchema.of(kind)));
    }
  }

  /** Which columns of a schema count, in their order, and which of them is the raw JSON, or -1. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Columns(int[] counting, int raw) {
    static Columns of(RecordSchema schema) {
      List<String> names = schema.columns().stream().map(Column::name).toList();
      return new Columns(
          IntStream.range(0, names.size())
              .filter(i -> !PROVENANCE.contains(names.get(i)))
              .toArray(),
          names.indexOf("raw"));
    }
  }

  /** Returns the fingerprint of a key. */
  public static Fingerprint ofKey(RecordKey key) {
    MessageDigest digest = sha256();
    digest.update(WellFormed.text(key.toString()).getBytes(StandardCharsets.UTF_8));
    return finish(digest);
  }

  /**
   * Returns the fingerprint of all that a record says, without where and when it was fetched. Times
   * count to the millisecond, and {@linkplain WellFormed malformed text} as it is stored, so that
   * the fingerprint is the same after any store.
   *
   * @param withRaw whether the raw JSON counts, too
   */
  public static Fingerprint ofContent(SocialRecord record, boolean withRaw) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    return ofContent(schema, schema.values(record), withRaw);
  }

  /**
   * Returns the fingerprint of a record whose values are at hand; see {@link
   * #ofContent(SocialRecord, boolean)}.
   *
   * @param schema its schema
   * @param values its values, in the order of the schema
   */
  public static Fingerprint ofContent(
      RecordSchema schema, List<? extends @Nullable Object> values, boolean withRaw) {
    Columns columns = Objects.requireNonNull(COLUMNS.get(schema.kind()));
    Content content = new Content();
    for (int i : columns.counting()) {
      if (withRaw || i != columns.raw()) {
        content.add(values.get(i));
      }
    }
    return content.fingerprint();
  }

  /** What is digested, gathered first, since a digest is slow in small pieces. */
  private static final class Content {
    private byte[] bytes = new byte[2_048];
    private int size;

    void add(@Nullable Object value) {
      if (value == null) {
        type(0);
      } else if (value instanceof String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        // Not ASCII, or half a character, which is encoded as one question mark.
        if (encoded.length != text.length() || isAnyQuestionMark(encoded)) {
          String mended = WellFormed.text(text);
          encoded = mended.equals(text) ? encoded : mended.getBytes(StandardCharsets.UTF_8);
        }
        number(1, encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
      } else if (value instanceof Instant time) {
        time(time);
      } else if (value instanceof Double real) {
        number(3, Double.doubleToLongBits(real));
      } else if (value instanceof Long whole) {
        number(4, whole);
      } else if (value instanceof Boolean flag) {
        type(flag ? 6 : 5);
      } else if (value instanceof List<?> list) {
        number(7, list.size());
        for (Object element : list) {
          add(element);
        }
      } else if (value instanceof Map<?, ?> struct) {
        number(8, struct.size());
        for (Object field : struct.values()) {
          add(field);
        }
      } else {
        throw new IllegalStateException("No schema has values of " + value.getClass());
      }
    }

    private static boolean isAnyQuestionMark(byte[] encoded) {
      for (byte b : encoded) {
        if (b == '?') {
          return true;
        }
      }
      return false;
    }

    /** A year beyond 292 million has no milliseconds in 64 bits; seconds tell it apart. */
    private void time(Instant time) {
      boolean inMillis = Math.abs(time.getEpochSecond()) < Long.MAX_VALUE / 1_000;
      number(inMillis ? 2 : 9, inMillis ? time.toEpochMilli() : time.getEpochSecond());
    }

    private void type(int type) {
      reserve(1);
      bytes[size++] = (byte) type;
    }

    private void number(int type, long number) {
      reserve(1 + Long.BYTES);
      bytes[size++] = (byte) type;
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes[size++] = (byte) (number >>> shift);
      }
    }

    private void reserve(int more) {
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
      }
    }

    Fingerprint fingerprint() {
      MessageDigest digest = sha256();
      digest.update(bytes, 0, size);
      return finish(digest);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static Fingerprint finish(MessageDigest digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(bytes.getLong(), bytes.getLong());
  }

  /** Returns 32 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
