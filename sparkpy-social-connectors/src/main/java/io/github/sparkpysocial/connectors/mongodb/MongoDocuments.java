package io.github.sparkpysocial.connectors.mongodb;

import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.spi.RoundedIds;
import io.github.sparkpysocial.spi.WellFormed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Records to documents and back; documents of other tools to records. */
final class MongoDocuments {
  static final String ID = "_id";
  static final String CONTENT = "_content";

  private final List<FileFormat> formats;
  private final ForeignRecords foreign;
  private final Provenance provenance;

  MongoDocuments(List<FileFormat> formats, ForeignRecords foreign, Provenance provenance) {
    this.formats = formats;
    this.foreign = foreign;
    this.provenance = provenance;
  }

  /** Returns the id of the document that holds this record. */
  static String id(SocialRecord record) {
    return WellFormed.text(record.key().toString());
  }

  /**
   * Makes a document; what is unknown, and empty lists, are left out.
   *
   * @param id from {@link #id}
   * @param values of the record, in the order of the schema's columns
   * @param content their fingerprint
   */
  static Document write(
      String id,
      RecordSchema schema,
      List<? extends @Nullable Object> values,
      String content,
      boolean keepRaw) {
    Document document = new Document(ID, id);
    for (int i = 0; i < values.size(); i++) {
      String name = schema.columns().get(i).name();
      Object value = values.get(i);
      boolean left = value == null || (value instanceof List<?> list && list.isEmpty());
      if (!left && (keepRaw || !name.equals("raw"))) {
        document.append(name, bson(value));
      }
    }
    return document.append(CONTENT, content);
  }

  /** Returns the column with a time that a BSON date cannot hold, or {@code null}. */
  static @Nullable String timeOutOfRange(
      RecordSchema schema, List<? extends @Nullable Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Instant time
          && Math.abs(time.getEpochSecond()) >= Long.MAX_VALUE / 1_000) {
        return schema.columns().get(i).name();
      }
    }
    return null;
  }

  private static @Nullable Object bson(@Nullable Object value) {
    if (value instanceof String text) {
      return WellFormed.text(text);
    }
    if (value instanceof Instant time) {
      return Date.from(time);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(bson(element)));
      return elements;
    }
    if (value instanceof Map<?, ?> struct) {
      Document document = new Document();
      struct.forEach(
          (name, field) -> {
            if (field != null) {
              document.append(String.valueOf(name), bson(field));
            }
          });
      return document;
    }
    return value;
  }

  /** Returns whether a document was written by this library. */
  static boolean isOurs(Document document) {
    return document.get("record") instanceof String;
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it cannot be read; the message holds no content
   */
  FileFormat.Reading read(Document document) {
    return isOurs(document) ? ours(document) : others(document);
  }

  private static FileFormat.Reading ours(Document document) {
    RecordSchema schema = schema(document.getString("record"));
    Map<String, @Nullable Object> values = new HashMap<>();
    List<String> unknownFields = new ArrayList<>();
    document.forEach(
        (name, value) -> {
          Column column = schema.column(name);
          if (column != null) {
            values.put(name, value(value, column));
          } else if (!name.equals(ID) && !name.equals(CONTENT)) {
            unknownFields.add(name);
          }
        });
    if (!unknownFields.isEmpty() && values.get("raw") == null) {
      values.put("raw", MongoJson.of(document));
    }
    if (values.get("id") instanceof String id && RoundedIds.suspicion(id) != null) {
      throw new IllegalArgumentException("has an id that " + RoundedIds.suspicion(id));
    }
    try {
      return new FileFormat.Reading(List.of(schema.record(values)), List.of(), unknownFields);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("holds an offset that is out of range");
    }
  }

  private static RecordSchema schema(String wireName) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.wireName().equals(wireName)) {
        return RecordSchema.of(kind);
      }
    }
    throw new IllegalArgumentException("has a kind of record in 'record' that is not known");
  }

  private static @Nullable Object value(@Nullable Object value, Column column) {
    if (value instanceof Date time && column.type() == ColumnType.TIMESTAMP) {
      return time.toInstant();
    }
    if (value instanceof List<?> list && column.type() == ColumnType.STRUCT_LIST) {
      List<@Nullable Object> structs = new ArrayList<>();
      for (Object element : list) {
        structs.add(element instanceof Document struct ? new LinkedHashMap<>(struct) : element);
      }
      return structs;
    }
    return value;
  }

  private FileFormat.Reading others(Document document) {
    String json = MongoJson.of(document);
    List<String> names = document.keySet().stream().filter(name -> !name.equals(ID)).toList();
    for (FileFormat format : formats) {
      if (format.recognizes(names.subList(0, Math.min(64, names.size())))) {
        return format.read(json, provenance);
      }
    }
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    document.forEach(
        (name, value) -> {
          if (value != null) {
            fields.put(name, MongoJson.text(value));
          }
        });
    return foreign.read(fields, json, provenance).asFormat();
  }
}
