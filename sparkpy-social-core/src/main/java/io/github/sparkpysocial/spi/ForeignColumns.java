package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which field of a foreign table or object holds which column of a post. Immutable. */
final class ForeignColumns {
  /** The names that columns are found by, in the order of preference. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "id", List.of("id_str", "id", "tweet_id", "status_id", "post_id", "_id"),
          "text", List.of("full_text", "text", "tweet_text", "content", "body"),
          "created_at", List.of("created_at", "timestamp", "date"),
          "author_id", List.of("user_id", "author_id"),
          "author_handle", List.of("screen_name", "user_screen_name", "username", "author_handle"),
          "author_name", List.of("user_name", "author_name"),
          "language", List.of("lang", "language"));

  /** Given by MongoDB to every document, whoever saved it, so that it says nothing of its own. */
  private static final String DATABASE_KEY = "_id";

  private final List<String> names;
  private final List<Source> sources;
  private final List<String> unmapped;

  /** A column of a post, and the field that holds it. */
  record Source(Column column, String field) {}

  private ForeignColumns(List<String> names, List<Source> sources, List<String> unmapped) {
    this.names = names;
    this.sources = sources;
    this.unmapped = unmapped;
  }

  /**
   * Finds the columns among these names.
   *
   * @param mapping from a column to a field, which is looked for in any case
   */
  static ForeignColumns of(Collection<String> names, Map<String, String> mapping) {
    List<Source> sources = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (Column column : RecordSchema.of(RecordKind.POST).columns()) {
      String field = field(column.name(), names, mapping);
      if (field != null) {
        sources.add(new Source(column, field));
        used.add(field);
      }
    }
    used.add(DATABASE_KEY);
    List<String> unmapped = names.stream().filter(name -> !used.contains(name)).toList();
    return new ForeignColumns(List.copyOf(names), sources, unmapped);
  }

  private static @Nullable String field(
      String column, Collection<String> names, Map<String, String> mapping) {
    for (String wanted : wanted(column, mapping)) {
      for (String name : names) {
        if (name.strip().toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
          return name;
        }
      }
    }
    return null;
  }

  /** Returns the names that a column may have, in the order of preference. */
  static List<String> wanted(String column, Map<String, String> mapping) {
    String named = mapping.get(column);
    return named == null ? KNOWN.getOrDefault(column, List.of()) : List.of(named);
  }

  /** Returns whether these are the names that the columns were found among. */
  boolean fits(Collection<String> others) {
    if (others.size() != names.size()) {
      return false;
    }
    int i = 0;
    for (String other : others) {
      if (!other.equals(names.get(i++))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the columns that were found, in the order of the schema. */
  List<Source> sources() {
    return sources;
  }

  /** Returns the fields that are no column. */
  List<String> unmapped() {
    return unmapped;
  }

  /** Returns the field that holds a column, or {@code null}. */
  @Nullable String field(String column) {
    for (Source source : sources) {
      if (source.column().name().equals(column)) {
        return source.field();
      }
    }
    return null;
  }
}
