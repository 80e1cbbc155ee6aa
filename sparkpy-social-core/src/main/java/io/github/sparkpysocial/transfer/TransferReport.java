package io.github.sparkpysocial.transfer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer did.
 *
 * @param read records read from the source
 * @param written records that were new to the target or replaced an older version there
 * @param unchanged records that the target had already, or that a tombstone keeps away there
 * @param deleted records that a tombstone removed from the target
 * @param quarantined items set aside on either side
 * @param unknownFields the fields of the source that no column is for, with how often each was met;
 *     they survive in the raw JSON
 * @param notices what the source held that is neither a record nor broken, with how often, such as
 *     {@code unreadable created_at}
 * @param path the steps that were taken, for people
 * @param verification how both places compare afterwards, or {@code null} if that was not asked for
 */
public record TransferReport(
    long read,
    long written,
    long unchanged,
    long deleted,
    long quarantined,
    Map<String, Long> unknownFields,
    Map<String, Long> notices,
    List<String> path,
    @Nullable Verification verification) {

  public TransferReport {
    unknownFields = Collections.unmodifiableMap(new TreeMap<>(unknownFields));
    notices = Collections.unmodifiableMap(new TreeMap<>(notices));
    path = List.copyOf(path);
  }

  /**
   * Returns whether the target was found to hold every record of the source, or {@code null} if
   * that was not asked for; see {@link Verification#holds()}.
   */
  public @Nullable Boolean verified() {
    return verification == null ? null : verification.holds();
  }
}
