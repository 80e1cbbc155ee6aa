package io.github.sparkpysocial.connectors.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Turns the values of a primitive column into Java's: texts, numbers, times, flags. */
final class Leaves extends PrimitiveConverter {
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long SECONDS_A_DAY = 86_400;

  private final PrimitiveType type;
  private final Consumer<Object> parent;
  private @Nullable Dictionary dictionary;
  private @Nullable Object[] decoded = {};

  Leaves(PrimitiveType type, Consumer<Object> parent) {
    this.type = type;
    this.parent = parent;
  }

  @Override
  public boolean hasDictionarySupport() {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    this.dictionary = dictionary;
    this.decoded = new Object[dictionary.getMaxId() + 1];
  }

  @Override
  public void addValueFromDictionary(int id) {
    Object value = decoded[id];
    if (value == null) {
      Dictionary known = dictionary;
      if (known == null) {
        throw new IllegalStateException("A value of a dictionary came before it");
      }
      value = value(known.decodeToBinary(id));
      decoded[id] = value;
    }
    parent.accept(value);
  }

  @Override
  public void addBinary(Binary value) {
    parent.accept(value(value));
  }

  private Object value(Binary value) {
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      NanoTime time = NanoTime.fromBinary(value);
      return Instant.ofEpochSecond(
          (time.getJulianDay() - JULIAN_DAY_OF_1970) * SECONDS_A_DAY, time.getTimeOfDayNanos());
    }
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale());
    }
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      return type.getLogicalTypeAnnotation() instanceof UUIDLogicalTypeAnnotation
          ? new UUID(value.toByteBuffer().getLong(), value.toByteBuffer().getLong(Long.BYTES))
              .toString()
          : Base64.getEncoder().encodeToString(value.getBytes());
    }
    return value.toStringUsingUTF8();
  }

  @Override
  public void addBoolean(boolean value) {
    parent.accept(value);
  }

  @Override
  public void addDouble(double value) {
    parent.accept(value);
  }

  @Override
  public void addFloat(float value) {
    parent.accept((double) value);
  }

  @Override
  public void addInt(int value) {
    if (type.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation) {
      parent.accept(LocalDate.ofEpochDay(value).toString());
    } else {
      addLong(value);
    }
  }

  @Override
  public void addLong(long value) {
    if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
      parent.accept(
          switch (timestamp.getUnit()) {
            case MILLIS -> Instant.ofEpochMilli(value);
            case MICROS -> Micros.toInstant(value);
            case NANOS -> Instant.ofEpochSecond(0, value);
          });
    } else if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      parent.accept(BigDecimal.valueOf(value, decimal.getScale()));
    } else {
      parent.accept(value);
    }
  }
}
