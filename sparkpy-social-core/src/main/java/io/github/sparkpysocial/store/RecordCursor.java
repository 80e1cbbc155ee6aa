package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import java.util.Iterator;
import java.util.Map;

/** Records as they are read. Close it; used by one thread. */
public interface RecordCursor extends Iterator<SocialRecord>, AutoCloseable {

  /** Returns how many items were set aside so far because they could not be read. */
  long quarantined();

  /** Returns how many items so far repeated a key that had been read before. */
  long duplicates();

  /**
   * Returns the fields so far that the schema does not know, with how often each was met. They
   * survive in the raw JSON.
   */
  Map<String, Long> unknownFields();

  /**
   * Returns what was met so far that is neither a record nor broken, with how often: messages of a
   * stream such as {@code limit} or {@code scrub_geo}, or {@code unreadable created_at} where a
   * time had to be left unknown.
   */
  default Map<String, Long> notices() {
    return Map.of();
  }

  /**
   * Returns how much of the place has been read, from 0 to 1, as far as that is known without
   * reading it; NaN if it is not.
   */
  default double fraction() {
    return Double.NaN;
  }

  @Override
  void close();
}
