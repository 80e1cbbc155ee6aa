package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a column is.
 *
 * @param name its name
 * @param type its type as SQL spells it
 * @param nullable whether it may be null
 * @param meaning what it means, from the data dictionary; empty for columns of other origin
 */
public record ColumnDescription(String name, String type, boolean nullable, String meaning)
    implements Serializable {
  public ColumnDescription {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(meaning, "meaning");
  }
}
