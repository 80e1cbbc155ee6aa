package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of a SHA-256 digest: two keys, or two contents, with one fingerprint are the
 * same for every practical purpose, also when somebody tries to make them collide.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record Fingerprint(long high, long low) {
  private static final Set<String> PROVENANCE = Set.of("source_uri", "fetched_at", "tool");

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
    MessageDigest digest = sha256();
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    List<Column> columns = schema.columns();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      if (!PROVENANCE.contains(name) && (withRaw || !name.equals("raw"))) {
        update(digest, values.get(i));
      }
    }
    return finish(digest);
  }

  private static void update(MessageDigest digest, @Nullable Object value) {
    if (value == null) {
      digest.update((byte) 0);
    } else if (value instanceof String text) {
      byte[] bytes = WellFormed.text(text).getBytes(StandardCharsets.UTF_8);
      number(digest, (byte) 1, bytes.length);
      digest.update(bytes);
    } else if (value instanceof Instant time) {
      number(digest, (byte) 2, time.toEpochMilli());
    } else if (value instanceof Double real) {
      number(digest, (byte) 3, Double.doubleToLongBits(real));
    } else if (value instanceof Long whole) {
      number(digest, (byte) 4, whole);
    } else if (value instanceof Boolean flag) {
      digest.update((byte) (flag ? 6 : 5));
    } else if (value instanceof List<?> list) {
      number(digest, (byte) 7, list.size());
      for (Object element : list) {
        update(digest, element);
      }
    } else if (value instanceof Map<?, ?> struct) {
      number(digest, (byte) 8, struct.size());
      for (Object field : struct.values()) {
        update(digest, field);
      }
    } else {
      throw new IllegalStateException("No schema has values of " + value.getClass());
    }
  }

  private static void number(MessageDigest digest, byte type, long number) {
    digest.update(ByteBuffer.allocate(9).put(type).putLong(number).flip());
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
    return String.format("%016x%016x", high, low);
  }
}
