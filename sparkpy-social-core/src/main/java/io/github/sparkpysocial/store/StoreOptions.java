package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Network;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a store is opened. All stores take the same options; what a store has no use for it ignores.
 *
 * @param quarantine where unreadable things go; the caller closes it
 * @param batchSize how many records are made durable at once
 * @param keepRaw whether the raw JSON of a record is stored with it
 * @param network the network of records in a foreign file that does not say it
 * @param idColumn the column of a foreign file that holds the id, or {@code null} to find it by
 *     name
 * @param textColumn the column of a foreign file that holds the text, or {@code null} to find it by
 *     name
 * @param separator what separates the columns of a CSV file, or {@code null} to find it in the
 *     header
 */
public record StoreOptions(
    Quarantine quarantine,
    int batchSize,
    boolean keepRaw,
    Network network,
    @Nullable String idColumn,
    @Nullable String textColumn,
    @Nullable Character separator) {

  public StoreOptions {
    Objects.requireNonNull(quarantine, "quarantine");
    Objects.requireNonNull(network, "network");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be positive, was " + batchSize);
    }
  }

  /**
   * Returns the usual options: batches of 1,000, raw JSON kept, foreign files belong to {@link
   * Network#LOCAL}.
   */
  public static StoreOptions with(Quarantine quarantine) {
    return new StoreOptions(quarantine, 1_000, true, Network.LOCAL, null, null, null);
  }

  /** Returns a copy with another quarantine. */
  public StoreOptions withQuarantine(Quarantine other) {
    return new StoreOptions(other, batchSize, keepRaw, network, idColumn, textColumn, separator);
  }

  /** Returns a copy that stores no raw JSON. */
  public StoreOptions withoutRaw() {
    return new StoreOptions(quarantine, batchSize, false, network, idColumn, textColumn, separator);
  }

  /** Returns a copy with another batch size. */
  public StoreOptions withBatchSize(int size) {
    return new StoreOptions(quarantine, size, keepRaw, network, idColumn, textColumn, separator);
  }

  /** Returns a copy for foreign files of this network. */
  public StoreOptions withNetwork(Network newNetwork) {
    return new StoreOptions(
        quarantine, batchSize, keepRaw, newNetwork, idColumn, textColumn, separator);
  }

  /** Returns a copy for foreign tables with these columns; {@code null} finds one by its name. */
  public StoreOptions withColumns(
      @Nullable String id, @Nullable String text, @Nullable Character separatedBy) {
    return new StoreOptions(quarantine, batchSize, keepRaw, network, id, text, separatedBy);
  }
}
