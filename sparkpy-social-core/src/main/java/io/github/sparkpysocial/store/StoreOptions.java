package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a store is opened. All stores take the same options; what a store has no use for it ignores.
 * Immutable; each {@code with} method returns a copy.
 */
public final class StoreOptions {
  private Quarantine quarantine;
  private int batchSize = 1_000;
  private boolean keepRaw = true;
  private Network network = Network.LOCAL;
  private Map<String, String> mapping = Map.of();
  private @Nullable Character separator;
  private Drift drift = Drift.KEEP_OVERFLOW;
  private boolean formulaGuard;

  private StoreOptions(Quarantine quarantine) {
    this.quarantine = Objects.requireNonNull(quarantine, "quarantine");
  }

  private StoreOptions(StoreOptions other) {
    this.quarantine = other.quarantine;
    this.batchSize = other.batchSize;
    this.keepRaw = other.keepRaw;
    this.network = other.network;
    this.mapping = other.mapping;
    this.separator = other.separator;
    this.drift = other.drift;
    this.formulaGuard = other.formulaGuard;
  }

  /**
   * Returns the usual options: batches of 1,000, raw JSON kept, foreign files belong to {@link
   * Network#LOCAL}, their columns are found by name, and what does not fit is kept as overflow.
   *
   * @param quarantine where unreadable things go; the caller closes it
   */
  public static StoreOptions with(Quarantine quarantine) {
    return new StoreOptions(quarantine);
  }

  /** Returns where unreadable things go; the caller closes it. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /** Returns how many records are written at once. */
  public int batchSize() {
    return batchSize;
  }

  /** Returns whether the raw JSON of a record is stored with it. */
  public boolean keepRaw() {
    return keepRaw;
  }

  /** Returns the network of records in a foreign file that does not say it. */
  public Network network() {
    return network;
  }

  /**
   * Returns where a foreign file or table has the columns of a {@linkplain RecordKind#POST post}:
   * from the column's name in the {@link RecordSchema} to the foreign one. What is not in it is
   * found by name.
   */
  public Map<String, String> mapping() {
    return mapping;
  }

  /** Returns the column of a foreign file that holds the id, or {@code null} to find it by name. */
  public @Nullable String idColumn() {
    return mapping.get("id");
  }

  /**
   * Returns the column of a foreign file that holds the text, or {@code null} to find it by name.
   */
  public @Nullable String textColumn() {
    return mapping.get("text");
  }

  /**
   * Returns what separates the columns of a CSV file, or {@code null} to find it in the header; a
   * new file then gets commas.
   */
  public @Nullable Character separator() {
    return separator;
  }

  /** Returns what to do with foreign items that do not keep to the schema. */
  public Drift drift() {
    return drift;
  }

  /**
   * Returns whether texts that a spreadsheet would run as a formula are guarded in CSV files that
   * are written. They are read back as they were.
   */
  public boolean formulaGuard() {
    return formulaGuard;
  }

  /** Returns a copy with another quarantine. */
  public StoreOptions withQuarantine(Quarantine other) {
    StoreOptions copy = new StoreOptions(this);
    copy.quarantine = Objects.requireNonNull(other, "quarantine");
    return copy;
  }

  /** Returns a copy that stores no raw JSON. */
  public StoreOptions withoutRaw() {
    StoreOptions copy = new StoreOptions(this);
    copy.keepRaw = false;
    return copy;
  }

  /** Returns a copy with another batch size. */
  public StoreOptions withBatchSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batchSize must be positive, was " + size);
    }
    StoreOptions copy = new StoreOptions(this);
    copy.batchSize = size;
    return copy;
  }

  /** Returns a copy for foreign files of this network. */
  public StoreOptions withNetwork(Network newNetwork) {
    StoreOptions copy = new StoreOptions(this);
    copy.network = Objects.requireNonNull(newNetwork, "network");
    return copy;
  }

  /** Returns a copy for foreign tables with these columns; {@code null} finds one by its name. */
  public StoreOptions withColumns(
      @Nullable String id, @Nullable String text, @Nullable Character separatedBy) {
    Map<String, String> columns = new LinkedHashMap<>(mapping);
    if (id != null) {
      columns.put("id", id);
    }
    if (text != null) {
      columns.put("text", text);
    }
    StoreOptions copy = withMapping(columns);
    copy.separator = separatedBy;
    return copy;
  }

  /**
   * Returns a copy for foreign tables whose columns have these names.
   *
   * @param columns from a column of a post, such as {@code created_at}, to the foreign column
   * @throws IllegalArgumentException if a post has no such column
   */
  public StoreOptions withMapping(Map<String, String> columns) {
    RecordSchema post = RecordSchema.of(RecordKind.POST);
    for (String column : columns.keySet()) {
      if (post.column(column) == null) {
        throw new IllegalArgumentException(
            "A post has no column '"
                + column
                + "'; it has "
                + post.columns().stream().map(RecordSchema.Column::name).toList());
      }
    }
    StoreOptions copy = new StoreOptions(this);
    copy.mapping = Map.copyOf(columns);
    return copy;
  }

  /** Returns a copy that separates the columns of CSV files by another character. */
  public StoreOptions withSeparator(char separatedBy) {
    StoreOptions copy = new StoreOptions(this);
    copy.separator = separatedBy;
    return copy;
  }

  /** Returns a copy that does something else with foreign items that do not keep to the schema. */
  public StoreOptions withDrift(Drift mode) {
    StoreOptions copy = new StoreOptions(this);
    copy.drift = Objects.requireNonNull(mode, "drift");
    return copy;
  }

  /** Returns a copy that guards CSV files against formulas. */
  public StoreOptions withFormulaGuard() {
    StoreOptions copy = new StoreOptions(this);
    copy.formulaGuard = true;
    return copy;
  }
}
