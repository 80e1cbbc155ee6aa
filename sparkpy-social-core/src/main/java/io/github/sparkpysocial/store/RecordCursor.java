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

  @Override
  void close();
}
