package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes the columns of all kinds of record with parquet-hadoop as it comes, compressed with zstd,
 * into one file; without keys, so that nothing is found again.
 */
final class ParquetBaseline implements BulkBaseline {
  private static final JsonFactory JSON = new JsonFactory();
  private static final List<Column> COLUMNS = RecordSchema.union(EnumSet.allOf(RecordKind.class));

  private final Path directory;

  ParquetBaseline(Path directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "parquet-hadoop and Jackson streaming";
  }

  @Override
  public String target(String name) {
    return directory.resolve(name + ".parquet").toString();
  }

  @Override
  public long load(Path jsonLines, String targetUri) throws IOException {
    Path target = Path.of(targetUri);
    Map<String, Integer> positions = new HashMap<>();
    COLUMNS.forEach(column -> positions.put(column.name(), positions.size()));
    long records = 0;
    try (var in = Files.newInputStream(jsonLines);
        JsonParser json = JSON.createParser(in);
        ParquetWriter<@Nullable Object[]> writer =
            new Builder(target).withCompressionCodec(CompressionCodecName.ZSTD).build()) {
      while (json.nextToken() != null) {
        @Nullable Object[] row = new @Nullable Object[COLUMNS.size()];
        String field;
        while ((field = json.nextFieldName()) != null) {
          json.nextToken();
          Integer position = positions.get(field);
          if (position == null) {
            json.skipChildren();
          } else {
            row[position] = value(json);
          }
        }
        writer.write(row);
        records++;
      }
    }
    FileBaseline.sync(target);
    return records;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> struct = new HashMap<>();
        String field;
        while ((field = json.nextFieldName()) != null) {
          json.nextToken();
          struct.put(field, value(json));
        }
        yield struct;
      }
      default -> null;
    };
  }

  /** Removes the file, or the directory that a transfer has made. */
  @Override
  public void remove(String targetUri) throws IOException {
    Path target = Path.of(targetUri);
    if (Files.isDirectory(target)) {
      try (Stream<Path> parts = Files.list(target)) {
        for (Path part : parts.toList()) {
          Files.delete(part);
        }
      }
    }
    Files.deleteIfExists(target);
    Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".lock"));
  }

  @Override
  public void close() {}

  private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    Builder(Path target) {
      super(new LocalOutputFile(target));
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // the only one that must be there
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
      return new Rows();
    }
  }

  private static final class Rows extends WriteSupport<@Nullable Object[]> {
    private @Nullable RecordConsumer consumer;

    @Override
    @SuppressWarnings("deprecation") // the only one that must be there
    public WriteContext init(Configuration configuration) {
      List<Type> fields = new ArrayList<>();
      COLUMNS.forEach(column -> fields.add(field(column)));
      return new WriteContext(new MessageType("posts", fields), Map.of());
    }

    private static Type field(Column column) {
      Type.Repetition repetition =
          column.required() ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
      return switch (column.type()) {
        case STRING ->
            Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
        case LONG -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(column.name());
        case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(column.name());
        case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(column.name());
        case TIMESTAMP ->
            Types.primitive(PrimitiveTypeName.INT64, repetition)
                .as(
                    LogicalTypeAnnotation.timestampType(
                        true, LogicalTypeAnnotation.TimeUnit.MICROS))
                .named(column.name());
        case STRING_LIST ->
            Types.optionalList()
                .requiredElement(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
        case STRUCT_LIST -> {
          Types.GroupBuilder<?> element = Types.requiredGroup();
          column.fields().forEach(nested -> element.addField(field(nested)));
          yield Types.optionalList().element((Type) element.named("element")).named(column.name());
        }
      };
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      this.consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
      RecordConsumer out = consumer;
      if (out == null) {
        throw new IllegalStateException("Parquet did not say where to write");
      }
      out.startMessage();
      for (int i = 0; i < row.length; i++) {
        write(out, COLUMNS.get(i), i, row[i]);
      }
      out.endMessage();
    }

    private static void write(
        RecordConsumer out, Column column, int index, @Nullable Object value) {
      if (value == null) {
        return;
      }
      out.startField(column.name(), index);
      if (value instanceof List<?> list) {
        writeList(out, column, list);
      } else if (column.type() == ColumnType.TIMESTAMP) {
        Instant time = Instant.parse(value.toString());
        out.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, time));
      } else if (value instanceof String text) {
        out.addBinary(Binary.fromString(text));
      } else if (value instanceof Boolean flag) {
        out.addBoolean(flag);
      } else if (column.type() == ColumnType.LONG) {
        out.addLong(((Number) value).longValue());
      } else {
        out.addDouble(((Number) value).doubleValue());
      }
      out.endField(column.name(), index);
    }

    private static void writeList(RecordConsumer out, Column column, List<?> list) {
      out.startGroup();
      if (!list.isEmpty()) {
        out.startField("list", 0);
        for (Object element : list) {
          out.startGroup();
          out.startField("element", 0);
          if (element instanceof Map<?, ?> struct) {
            out.startGroup();
            for (int i = 0; i < column.fields().size(); i++) {
              Column nested = column.fields().get(i);
              write(out, nested, i, struct.get(nested.name()));
            }
            out.endGroup();
          } else {
            out.addBinary(Binary.fromString(String.valueOf(element)));
          }
          out.endField("element", 0);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }
  }
}
