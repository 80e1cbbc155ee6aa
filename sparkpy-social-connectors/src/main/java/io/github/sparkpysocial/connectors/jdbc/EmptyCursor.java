package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.RecordCursor;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads a table that is not there yet. */
final class EmptyCursor implements RecordCursor {
  @Override
  public boolean hasNext() {
    return false;
  }

  @Override
  public SocialRecord next() {
    throw new NoSuchElementException("All records were read");
  }

  @Override
  public long quarantined() {
    return 0;
  }

  @Override
  public long duplicates() {
    return 0;
  }

  @Override
  public Map<String, Long> unknownFields() {
    return Map.of();
  }

  @Override
  public void close() {}
}
