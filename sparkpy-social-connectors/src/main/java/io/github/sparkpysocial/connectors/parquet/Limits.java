package io.github.sparkpysocial.connectors.parquet;

/**
 * When files are ended, folded and merged.
 *
 * @param partBytes where a part ends: some row groups, for as many tasks of Spark
 * @param smallBytes a part smaller than this takes new records in, instead of getting a small one
 *     beside it
 * @param deltaBytes how much deltas may hold before they are folded into the parts, if that is more
 *     than a quarter of what the parts hold
 * @param deltas how many small deltas there may be before they are merged into one
 */
record Limits(long partBytes, long smallBytes, long deltaBytes, int deltas) {
  static final Limits USUAL = new Limits(128L << 20, 16L << 20, 64L << 20, 64);
}
