package io.github.sparkpysocial.harvest;

/** Which part of a listing a run of a harvest fetches. */
public enum HarvestScope {
  /** What is missing and the network still shows, then what is new. */
  ALL,
  /** What is new since the newest record known; holes stay for later. */
  NEW,
  /**
   * What is missing before the newest record known, as far as the network still shows it: what a
   * run that was stopped left open, and holes that were noted.
   */
  BACKFILL
}
