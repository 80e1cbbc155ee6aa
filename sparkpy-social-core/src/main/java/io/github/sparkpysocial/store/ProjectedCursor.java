package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import java.util.Map;

/** Leaves columns out of records that a store reads whole. */
final class ProjectedCursor implements RecordCursor {
  private final RecordCursor whole;
  private final Projection projection;

  ProjectedCursor(RecordCursor whole, Projection projection) {
    this.whole = whole;
    this.projection = projection;
  }

  @Override
  public boolean hasNext() {
    return whole.hasNext();
  }

  @Override
  public SocialRecord next() {
    return projection.apply(whole.next());
  }

  @Override
  public long quarantined() {
    return whole.quarantined();
  }

  @Override
  public long duplicates() {
    return whole.duplicates();
  }

  @Override
  public Map<String, Long> unknownFields() {
    return whole.unknownFields();
  }

  @Override
  public Map<String, Long> notices() {
    return whole.notices();
  }

  @Override
  public void close() {
    whole.close();
  }
}
