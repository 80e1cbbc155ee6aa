package io.github.sparkpysocial.store;

/**
 * What to do when an item of another tool does not keep to the schema: it has a field that nothing
 * maps, or a value that is not of its column's type. Records of this library are not concerned.
 */
public enum Drift {
  /**
   * Takes what fits, keeps the rest in the raw JSON and counts it; a value of the wrong type leaves
   * its column unknown. The default.
   */
  KEEP_OVERFLOW,
  /** Sets the whole item aside. */
  SET_ASIDE_ROW,
  /** Sets the field or value aside, and takes the rest of the item without it. */
  SET_ASIDE_VALUE,
  /** Stops with an error that names file, line and field. */
  STOP
}
