package io.github.sparkpysocial.store;

/** What a {@link RecordStore} can do. A store refuses by name what it does not claim. */
public enum StoreCapability {
  /** Reads records. */
  READ,
  /** Writes and deletes records. */
  WRITE,
  /**
   * Keeps all kinds of record in one place; a store without it keeps one kind, that of its first
   * record.
   */
  MIXED_KINDS,
  /** Keeps the {@linkplain io.github.sparkpysocial.model.SocialRecord#raw() raw JSON}. */
  RAW,
  /** Evaluates filters where the data is, instead of reading everything. */
  FILTER_PUSHDOWN,
  /** Reads only the columns of a {@link Projection} from where the data is. */
  PROJECTION_PUSHDOWN
}
