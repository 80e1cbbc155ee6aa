package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * How a place is read into a frame. Only foreign files, which do not say these things themselves,
 * need any of it.
 *
 * @param network the network of records that do not name one
 * @param mapping where a foreign table has the columns of a post: from the column's name, such as
 *     {@code created_at}, to the foreign one. What is not in it is found by name
 * @param separator what separates the columns of a CSV file, or {@code null} to find it in the
 *     header
 */
public record FrameOptions(
    Network network, Map<String, String> mapping, @Nullable Character separator)
    implements Serializable {

  /** Everything is found by itself; foreign records belong to {@link Network#LOCAL}. */
  public static final FrameOptions DEFAULT = new FrameOptions(Network.LOCAL, Map.of(), null);

  private static final String NETWORK = "network";
  private static final String COLUMN = "column.";
  private static final String SEPARATOR = "separator";

  /**
   * Checks the columns.
   *
   * @throws IllegalArgumentException if a post has no column that {@code mapping} names
   */
  public FrameOptions {
    Objects.requireNonNull(network, "network");
    mapping = Map.copyOf(mapping);
    StoreOptions.with(Quarantine.inMemory()).withMapping(mapping);
  }

  /** Returns a copy for foreign records of this network. */
  public FrameOptions withNetwork(Network newNetwork) {
    return new FrameOptions(newNetwork, mapping, separator);
  }

  /**
   * Returns a copy for foreign tables whose columns have these names.
   *
   * @param columns from a column of a post, such as {@code created_at}, to the foreign column
   * @throws IllegalArgumentException if a post has no such column
   */
  public FrameOptions withMapping(Map<String, String> columns) {
    return new FrameOptions(network, columns, separator);
  }

  /** Returns a copy for foreign tables with these columns; {@code null} finds one by its name. */
  public FrameOptions withColumns(
      @Nullable String id, @Nullable String text, @Nullable Character separatedBy) {
    Map<String, String> columns = new LinkedHashMap<>(mapping);
    if (id != null) {
      columns.put("id", id);
    }
    if (text != null) {
      columns.put("text", text);
    }
    return new FrameOptions(network, columns, separatedBy);
  }

  /** Returns the same for a store. */
  StoreOptions toStoreOptions(Quarantine quarantine) {
    StoreOptions options = StoreOptions.with(quarantine).withNetwork(network).withMapping(mapping);
    return separator == null ? options : options.withSeparator(separator);
  }

  /** Returns the same as options of the data source. */
  Map<String, String> toSparkOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(NETWORK, network.name());
    mapping.forEach((column, foreign) -> options.put(COLUMN + column, foreign));
    if (separator != null) {
      options.put(SEPARATOR, separator.toString());
    }
    return options;
  }

  /** Reads the options of the data source; see {@link SocialDataSource}. */
  static FrameOptions ofSparkOptions(CaseInsensitiveStringMap options) {
    Map<String, String> mapping = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> {
          if (name.startsWith(COLUMN)) {
            mapping.put(name.substring(COLUMN.length()), value);
          }
        });
    String separator = options.get(SEPARATOR);
    if (separator != null && separator.length() != 1) {
      throw new IllegalArgumentException("The separator is one character, was '" + separator + "'");
    }
    return new FrameOptions(
        Network.of(options.getOrDefault(NETWORK, Network.LOCAL.name())),
        mapping,
        separator == null ? null : separator.charAt(0));
  }
}
