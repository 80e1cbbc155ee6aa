package io.github.sparkpysocial.store;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be read or kept, with where it was and its raw bytes.
 *
 * @param place the file or URI, without secrets
 * @param line the line it starts on, counted from 1, or 0 if there are no lines
 * @param field the field or column that is wrong, or {@code null} if the whole is
 * @param reason what is wrong and what to do; never holds the content
 * @param raw its bytes as they were found
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Rejected(String place, long line, @Nullable String field, String reason, byte[] raw)
    implements Serializable {

  public Rejected {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(reason, "reason");
    raw = raw.clone();
  }

  @Override
  public byte[] raw() {
    return raw.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rejected that
        && place.equals(that.place)
        && line == that.line
        && Objects.equals(field, that.field)
        && reason.equals(that.reason)
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Objects.hash(place, line, field, reason, Arrays.hashCode(raw));
  }

  /** Returns place, line, field and reason, without the content. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(place);
    if (line > 0) {
      text.append(", line ").append(line);
    }
    if (field != null) {
      text.append(", field '").append(field).append('\'');
    }
    return text.append(": ").append(reason).toString();
  }
}
