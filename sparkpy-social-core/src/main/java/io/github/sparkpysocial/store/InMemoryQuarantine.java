package io.github.sparkpysocial.store;

import java.util.ArrayList;
import java.util.List;

/** Keeps what was set aside in memory. Thread-safe; usable after it was closed. */
public final class InMemoryQuarantine implements Quarantine {
  private final List<Rejected> rejected = new ArrayList<>();

  InMemoryQuarantine() {}

  @Override
  public synchronized void setAside(Rejected item) {
    rejected.add(item);
  }

  @Override
  public synchronized long count() {
    return rejected.size();
  }

  /** Returns what was set aside so far, in order. */
  public synchronized List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  @Override
  public void close() {}
}
