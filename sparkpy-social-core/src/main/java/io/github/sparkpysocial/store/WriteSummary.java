package io.github.sparkpysocial.store;

import java.io.Serializable;

/**
 * What a write did.
 *
 * @param inserted records that were new
 * @param updated records that replaced an older version
 * @param unchanged records that were there already, or are kept away by a tombstone
 * @param deleted records removed because a tombstone arrived
 * @param quarantined records that the store could not hold, set aside
 */
public record WriteSummary(
    long inserted, long updated, long unchanged, long deleted, long quarantined)
    implements Serializable {

  /** Nothing was written. */
  public static final WriteSummary NONE = new WriteSummary(0, 0, 0, 0, 0);

  /** Returns the sum of both. */
  public WriteSummary plus(WriteSummary other) {
    return new WriteSummary(
        inserted + other.inserted,
        updated + other.updated,
        unchanged + other.unchanged,
        deleted + other.deleted,
        quarantined + other.quarantined);
  }
}
