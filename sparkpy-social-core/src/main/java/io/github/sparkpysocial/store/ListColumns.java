package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordSchema.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * List columns as JSON texts, for stores whose cells hold no lists. All stores write the same text
 * for the same list.
 */
public final class ListColumns {
  private ListColumns() {}

  /** Returns a list of texts or structs, as {@code RecordSchema.values} has it, as JSON. */
  public static String toJson(List<?> list) {
    return RecordJson.toJson(list);
  }

  /**
   * Returns the list that a JSON text holds.
   *
   * @param column a column of type {@code STRING_LIST} or {@code STRUCT_LIST}
   * @return {@code null} for JSON's {@code null}
   * @throws IllegalArgumentException if it is no such list; the message names the column and holds
   *     no content
   */
  public static @Nullable List<?> fromJson(String json, Column column) {
    try {
      return (List<?>) RecordJson.list(json, column, new ArrayList<>());
    } catch (BadItemException e) {
      throw new IllegalArgumentException("Column '" + column.name() + "' " + e.reason(), e);
    }
  }
}
