package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.model.SocialRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one id or name that X was asked for.
 *
 * @param asked the id or name as it was asked for
 * @param status what became of it
 * @param record the record, or {@code null} unless it was {@link Status#FOUND}
 * @param said what X said, fit for a message, or {@code null} if it was found or X said nothing
 * @param <T> the kind of record
 */
public record XOutcome<T extends SocialRecord>(
    String asked, Status status, @Nullable T record, @Nullable String said) {

  /** What became of it. */
  public enum Status {
    /** X showed it. */
    FOUND,
    /** X knows no such thing, or no longer. */
    DELETED,
    /** X has suspended the account, or that of the author. */
    SUSPENDED,
    /** Its owner shows it to followers only. */
    PROTECTED,
    /** X said something else, or nothing: ask again another day. */
    UNKNOWN
  }

  public XOutcome {
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(status, "status");
    if ((record != null) != (status == Status.FOUND)) {
      throw new IllegalArgumentException("A record is there if and only if it was found");
    }
  }

  static <T extends SocialRecord> XOutcome<T> found(String asked, T record) {
    return new XOutcome<>(asked, Status.FOUND, record, null);
  }
}
