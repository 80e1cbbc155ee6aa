package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.store.CsvRowReader.Field;
import io.github.sparkpysocial.store.CsvRowReader.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV file: records of this library, or a table of another tool. */
final class CsvFileReader implements ItemReader {
  private final CsvRowReader rows;
  private final ForeignRecords foreign;
  private final Provenance provenance;
  private final Utf8 utf8 = new Utf8();
  private final List<String> columns;
  private final boolean canonical;
  private final long headerEnd;

  private CsvFileReader(
      CsvRowReader rows,
      List<String> columns,
      long headerEnd,
      ForeignRecords foreign,
      Provenance provenance) {
    this.rows = rows;
    this.columns = columns;
    this.headerEnd = headerEnd;
    this.foreign = foreign;
    this.provenance = provenance;
    this.canonical = isCanonical(columns);
  }

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException if the header is no text, or names no id and text
   */
  static CsvFileReader of(CsvRowReader rows, ForeignRecords foreign, Provenance provenance)
      throws IOException {
    Row header = rows.next();
    List<String> columns = new ArrayList<>();
    if (header != null) {
      if (header.problem() != null) {
        throw new IllegalArgumentException("has a header in which " + header.problem());
      }
      Utf8 utf8 = new Utf8();
      try {
        for (Field field : header.fields()) {
          String name = field.text(header.raw(), utf8).strip();
          String unique = name.isEmpty() ? "column_" + (columns.size() + 1) : name;
          columns.add(columns.contains(unique) ? unique + "_" + (columns.size() + 1) : unique);
        }
      } catch (BadItemException e) {
        throw new IllegalArgumentException("has a header that " + e.reason(), e);
      }
      if (isCanonical(columns)) {
        rows.expectTornEnd();
      } else {
        foreign.requireColumns(columns);
      }
    }
    return new CsvFileReader(rows, columns, header == null ? 0 : header.end(), foreign, provenance);
  }

  static boolean isCanonical(List<String> columns) {
    return columns.containsAll(List.of("record", "network", "id"));
  }

  /** Returns the columns in order; empty if the file is. */
  List<String> columns() {
    return columns;
  }

  /** Returns the offset after the header. */
  long headerEnd() {
    return headerEnd;
  }

  @Override
  public @Nullable Item next() throws IOException {
    Row row = rows.next();
    while (row != null && row.isBlank()) {
      row = rows.next();
    }
    if (row == null) {
      return null;
    }
    try {
      return Item.of(row.line(), row.raw(), row.end(), row.terminated(), content(row));
    } catch (BadItemException e) {
      return Item.bad(row.line(), row.raw(), row.end(), row.terminated(), e);
    }
  }

  private Item.Content content(Row row) throws BadItemException {
    if (row.problem() != null) {
      throw new BadItemException(null, row.problem());
    }
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.fields().size(); i++) {
      try {
        cells.add(row.fields().get(i).text(row.raw(), utf8));
      } catch (BadItemException e) {
        throw new BadItemException(i < columns.size() ? columns.get(i) : null, e.reason());
      }
    }
    if (cells.size() != columns.size()) {
      throw new BadItemException(
          null,
          "has "
              + cells.size()
              + (cells.size() == 1 ? " field" : " fields")
              + " where the header has "
              + columns.size()
              + "; is a separator or a quote missing or not escaped?");
    }
    return canonical ? record(row, cells) : foreign(cells);
  }

  private Item.Content record(Row row, List<String> cells) throws BadItemException {
    RecordSchema schema = RecordJson.schema(cells.get(columns.indexOf("record")));
    Map<String, @Nullable Object> values = new HashMap<>();
    List<String> unknownFields = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Column column = schema.column(columns.get(i));
      if (column != null) {
        values.put(
            column.name(),
            RecordCsv.value(cells.get(i), row.fields().get(i).quoted(), column, unknownFields));
      } else if (!cells.get(i).isEmpty()) {
        unknownFields.add(columns.get(i));
      }
    }
    if (!unknownFields.isEmpty() && values.get("raw") == null) {
      values.put("raw", rowAsJson(cells));
    }
    return new Item.Content(
        Item.Layout.CANONICAL,
        List.of(RecordJson.record(schema, values)),
        List.of(),
        unknownFields);
  }

  private Item.Content foreign(List<String> cells) throws BadItemException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      fields.put(columns.get(i), cells.get(i));
    }
    try {
      ForeignRecords.Reading reading = foreign.read(fields, rowAsJson(cells), provenance);
      return new Item.Content(
          Item.Layout.FOREIGN, List.of(reading.record()), reading.notices(), List.of());
    } catch (IllegalArgumentException e) {
      throw new BadItemException(null, String.valueOf(e.getMessage()));
    }
  }

  private String rowAsJson(List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return RecordJson.toJson(row);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
