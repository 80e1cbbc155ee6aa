package io.github.sparkpysocial.ml.explore;

/** Whether Spark's functions {@code hll_sketch_agg} and {@code approx_top_k} run on this Java. */
final class Sketches {
  /** Of datasketches-memory, on which both stand: it refuses a Java that it does not know. */
  private static final String ASKS = "org.apache.datasketches.memory.internal.ResourceImpl";

  private static final boolean RUN = known();

  private Sketches() {}

  static boolean run() {
    return RUN;
  }

  private static boolean known() {
    try {
      Class<?> unused = Class.forName(ASKS);
      return true;
    } catch (ClassNotFoundException e) {
      return true; // another version, which may know this Java
    } catch (LinkageError e) {
      return false;
    }
  }
}
