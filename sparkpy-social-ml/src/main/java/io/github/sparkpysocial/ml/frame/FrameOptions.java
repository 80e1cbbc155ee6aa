package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.Network;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a place is read into a frame. Only foreign files, which do not say these things themselves,
 * need any of it.
 *
 * @param network the network of records that do not name one
 * @param idColumn the column that holds the id, or {@code null} to find it by name
 * @param textColumn the column that holds the text, or {@code null} to find it by name
 * @param separator what separates the columns of a CSV file, or {@code null} to find it in the
 *     header
 */
public record FrameOptions(
    Network network,
    @Nullable String idColumn,
    @Nullable String textColumn,
    @Nullable Character separator)
    implements Serializable {

  /** Everything is found by itself; foreign records belong to {@link Network#LOCAL}. */
  public static final FrameOptions DEFAULT = new FrameOptions(Network.LOCAL, null, null, null);

  public FrameOptions {
    Objects.requireNonNull(network, "network");
  }

  /** Returns a copy for foreign records of this network. */
  public FrameOptions withNetwork(Network newNetwork) {
    return new FrameOptions(newNetwork, idColumn, textColumn, separator);
  }

  /** Returns a copy for foreign tables with these columns; {@code null} finds one by its name. */
  public FrameOptions withColumns(
      @Nullable String id, @Nullable String text, @Nullable Character separatedBy) {
    return new FrameOptions(network, id, text, separatedBy);
  }

  /** The same as options of the data source. */
  Map<String, String> toSparkOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(SocialDataSource.NETWORK, network.name());
    if (idColumn != null) {
      options.put(SocialDataSource.ID_COLUMN, idColumn);
    }
    if (textColumn != null) {
      options.put(SocialDataSource.TEXT_COLUMN, textColumn);
    }
    if (separator != null) {
      options.put(SocialDataSource.SEPARATOR, separator.toString());
    }
    return options;
  }
}
