package io.github.sparkpysocial.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties that hold for every kind of record, tried on random ones. */
class RecordSchemaTest {
  /** Columns that have values together or not at all. */
  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void aRecordIsTheSameAfterItsValues(RecordKind kind) {
    Random random = new Random(42);
    RecordSchema schema = RecordSchema.of(kind);
    for (int i = 0; i < 500; i++) {
      SocialRecord record = schema.record(RandomRecords.values(schema, random));

      Map<String, @Nullable Object> values = valuesByName(schema, record);

      assertThat(schema.record(values)).isEqualTo(record);
      assertThat(valuesByName(schema, schema.record(values))).isEqualTo(values);
      assertThat(record.recordKind()).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void valuesHaveTheTypesOfTheirColumns(RecordKind kind) {
    Random random = new Random(17);
    RecordSchema schema = RecordSchema.of(kind);
    for (int i = 0; i < 100; i++) {
      List<@Nullable Object> values =
          schema.values(schema.record(RandomRecords.values(schema, random)));
      assertThat(values).hasSameSizeAs(schema.columns());
      for (int c = 0; c < values.size(); c++) {
        Column column = schema.columns().get(c);
        if (values.get(c) == null) {
          assertThat(column.required()).as(column.name()).isFalse();
        } else {
          assertThat(values.get(c)).as(column.name()).isInstanceOf(javaType(column.type()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void aMissingRequiredColumnIsNamed(RecordKind kind) {
    RecordSchema schema = RecordSchema.of(kind);
    for (String column : List.of("network", "id")) {
      Map<String, @Nullable Object> values = RandomRecords.values(schema, new Random(3));
      values.remove(column);
      assertThatThrownBy(() -> schema.record(values))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + column + "'");
    }
  }

  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void aValueOfTheWrongTypeIsRefusedWithoutBeingShown(RecordKind kind) {
    RecordSchema schema = RecordSchema.of(kind);
    for (Column column : schema.columns()) {
      if (!column.name().equals("record")) {
        Map<String, @Nullable Object> values = RandomRecords.values(schema, new Random(3));
        values.put(column.name(), Path.of("secret"));
        assertThatThrownBy(() -> schema.record(values))
            .as(column.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("'" + column.name() + "'")
            .hasMessageNotContaining("secret");
      }
    }
  }

  @Test
  void halfAPointIsRefused() {
    assertThatThrownBy(() -> post("latitude", 48.85))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'longitude'");
    assertThatThrownBy(() -> post("geo_south", 48.85, "geo_west", 2.35))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'geo_north'");
  }

  @Test
  void aBoxNeedsNoOtherValueToBeAPlace() {
    Place place =
        post("geo_south", 48.0, "geo_west", 2.0, "geo_north", 49.0, "geo_east", 3.0).place();

    GeoBox box = new GeoBox(new GeoPoint(48, 2), new GeoPoint(49, 3));
    assertThat(place).isEqualTo(new Place(null, Place.Precision.BOX, box, null, null, null));
  }

  private static Post post(Object... namesAndValues) {
    Map<String, Object> values = new HashMap<>();
    values.put("network", "x");
    values.put("id", "1");
    values.put("text", "bonjour");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return (Post) RecordSchema.of(RecordKind.POST).record(values);
  }

  private static Map<String, @Nullable Object> valuesByName(
      RecordSchema schema, SocialRecord record) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<@Nullable Object> inOrder = schema.values(record);
    for (int i = 0; i < inOrder.size(); i++) {
      values.put(schema.columns().get(i).name(), inOrder.get(i));
    }
    return values;
  }

  private static Class<?> javaType(ColumnType type) {
    return switch (type) {
      case STRING -> String.class;
      case LONG -> Long.class;
      case DOUBLE -> Double.class;
      case BOOLEAN -> Boolean.class;
      case TIMESTAMP -> Instant.class;
      case STRING_LIST, STRUCT_LIST -> List.class;
    };
  }
}
