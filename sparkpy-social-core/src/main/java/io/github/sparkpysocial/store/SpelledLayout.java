package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one kind of record have to be for it to be sound, beside the types of its
 * columns: the constants it knows, and points and boxes that are whole and on earth. Immutable.
 */
final class SpelledLayout {
  private static final Map<RecordKind, SpelledLayout> LAYOUTS = new EnumMap<>(RecordKind.class);

  /** Columns that hold one of a few constants. */
  private static final Map<String, Enum<?>[]> CONSTANTS =
      Map.of(
          "post.kind", Post.Kind.values(),
          "event.status", Event.Status.values(),
          "event.format", Event.Format.values(),
          "interaction.type", Interaction.Type.values(),
          "interaction.target_kind", RecordKind.values());

  static {
    for (RecordKind kind : RecordKind.values()) {
      LAYOUTS.put(kind, new SpelledLayout(kind));
    }
  }

  private final LineLayout lines;
  private final List<Column> columns;
  private final byte[] @Nullable [] @Nullable [] constants;
  private final byte[] @Nullable [] @Nullable [] fieldNames;
  private final int[] required;

  /** Latitude, longitude, precision, south, west, north, east, id, name, country; or none. */
  private final int[] place;

  private SpelledLayout(RecordKind kind) {
    lines = LineLayout.of(kind);
    columns = RecordSchema.of(kind).columns();
    constants = new byte[columns.size()][][];
    fieldNames = new byte[columns.size()][][];
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean precision = column.name().equals("geo_precision");
      Enum<?>[] known =
          precision
              ? Place.Precision.values()
              : CONSTANTS.get(kind.wireName() + '.' + column.name());
      constants[i] =
          known == null
              ? null
              : Stream.of(known)
                  .map(c -> LineLayout.ascii('"' + c.name().toLowerCase(Locale.ROOT) + '"'))
                  .toArray(byte[][]::new);
      fieldNames[i] =
          column.fields().stream()
              .map(field -> LineLayout.ascii('"' + field.name() + "\":"))
              .toArray(byte[][]::new);
    }
    List<String> names = columns.stream().map(Column::name).toList();
    required = columns.stream().filter(Column::required).mapToInt(columns::indexOf).toArray();
    place =
        names.contains("geo_precision")
            ? Stream.of(
                    "latitude",
                    "longitude",
                    "geo_precision",
                    "geo_south",
                    "geo_west",
                    "geo_north",
                    "geo_east",
                    "place_id",
                    "place_name",
                    "country_code")
                .mapToInt(names::indexOf)
                .toArray()
            : new int[0];
  }

  static SpelledLayout of(RecordKind kind) {
    return Objects.requireNonNull(LAYOUTS.get(kind));
  }

  LineLayout lines() {
    return lines;
  }

  int size() {
    return columns.size();
  }

  /** Returns the place after a value, or {@link Spelling#NOT_OURS}. */
  int valueEnd(int column, byte[] line, int at, int end) {
    return switch (lines.type(column)) {
      case STRING -> constant(column, line, at, Spelling.text(line, at, end));
      case TIMESTAMP -> Spelling.time(line, at, end);
      case LONG -> Spelling.whole(line, at, end);
      case DOUBLE -> Spelling.real(line, at, end);
      case BOOLEAN -> Spelling.flag(line, at, end);
      case STRING_LIST -> Spelling.texts(line, at, end);
      case STRUCT_LIST ->
          Spelling.structs(
              line,
              at,
              end,
              columns.get(column).fields(),
              Objects.requireNonNull(fieldNames[column]));
    };
  }

  private int constant(int column, byte[] line, int at, int end) {
    byte[][] known = constants[column];
    if (known == null || end < 0) {
      return end;
    }
    for (byte[] each : known) {
      if (Arrays.equals(line, at, end, each, 0, each.length)) {
        return end;
      }
    }
    return Spelling.NOT_OURS;
  }

  /** Returns whether the values go together. */
  boolean isSound(SpelledLine values) {
    for (int column : required) {
      if (!values.has(column)) {
        return false;
      }
    }
    return place.length == 0 || isPlace(values);
  }

  private boolean isPlace(SpelledLine values) {
    int given = 0;
    for (int column : place) {
      given += values.has(column) ? 1 : 0;
    }
    if (given == 0) {
      return true;
    }
    boolean point = values.has(place[0]);
    boolean box = values.has(place[3]);
    boolean whole =
        values.has(place[2])
            && values.has(place[1]) == point
            && values.has(place[4]) == box
            && values.has(place[5]) == box
            && values.has(place[6]) == box;
    return whole
        && (!point || isOnEarth(values, place[0], place[1]))
        && (!box
            || (isOnEarth(values, place[3], place[4])
                && isOnEarth(values, place[5], place[6])
                && values.real(place[3]) <= values.real(place[5])));
  }

  private static boolean isOnEarth(SpelledLine values, int latitude, int longitude) {
    return Math.abs(values.real(latitude)) <= 90 && Math.abs(values.real(longitude)) <= 180;
  }
}
