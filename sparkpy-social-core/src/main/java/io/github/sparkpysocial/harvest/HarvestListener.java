package io.github.sparkpysocial.harvest;

/** Hears how a harvest goes on, on the thread that harvests. */
@FunctionalInterface
public interface HarvestListener {

  /** Hears of nothing. */
  HarvestListener NONE = progress -> {};

  /** A page is durable. */
  void progress(HarvestProgress progress);
}
