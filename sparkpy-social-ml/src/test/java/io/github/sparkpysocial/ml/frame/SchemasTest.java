package io.github.sparkpysocial.ml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {

  @ParameterizedTest
  @EnumSource
  void aFrameHasTheColumnsOfTheRecordInTheirOrder(RecordKind kind) {
    assertThat(Schemas.of(kind).fieldNames())
        .containsExactlyElementsOf(
            RecordSchema.of(kind).columns().stream().map(RecordSchema.Column::name).toList());
  }

  @Test
  void typesFollowTheRecord() {
    StructType posts = Schemas.of(RecordKind.POST);

    assertThat(posts.apply("created_at").dataType()).isEqualTo(DataTypes.TimestampType);
    assertThat(posts.apply("likes").dataType()).isEqualTo(DataTypes.LongType);
    assertThat(posts.apply("latitude").dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(posts.apply("sensitive").dataType()).isEqualTo(DataTypes.BooleanType);
    assertThat(posts.apply("media_urls").dataType().sql()).isEqualTo("ARRAY<STRING>");
    ArrayType mentions = (ArrayType) posts.apply("mentions").dataType();
    assertThat(((StructType) mentions.elementType()).fieldNames())
        .containsExactly("handle", "id", "start", "end");
  }

  @Test
  void requiredColumnsAndListsAreNeverNull() {
    assertThat(
            Arrays.stream(Schemas.of(RecordKind.POST).fields())
                .filter(field -> !field.nullable())
                .map(StructField::name))
        .containsExactly(
            "record",
            "network",
            "id",
            "kind",
            "text",
            "hashtags",
            "mentions",
            "urls",
            "cashtags",
            "media_urls");
  }

  @Test
  void aColumnBringsItsMeaning() {
    assertThat(Schemas.of(RecordKind.POST).apply("likes").getComment().get())
        .isEqualTo("How many liked it.");
  }

  @Test
  void severalKindsShareTheColumnsOfOneName() {
    StructType all = Schemas.of(EnumSet.allOf(RecordKind.class));

    assertThat(all.fieldNames()).doesNotHaveDuplicates().startsWith("record", "network", "id");
    for (RecordKind kind : RecordKind.values()) {
      assertThat(all.fieldNames()).contains(Schemas.of(kind).fieldNames());
    }
    assertThat(all.apply("text").nullable()).isTrue();
    assertThat(all.apply("id").nullable()).isFalse();
  }

  @Test
  void noKindIsRefused() {
    assertThatThrownBy(() -> Schemas.of(Set.<RecordKind>of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Name at least one kind of record");
  }
}
