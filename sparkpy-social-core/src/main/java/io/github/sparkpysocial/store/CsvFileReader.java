package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.ForeignRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV file: records of this library, or a table of another tool. */
final class CsvFileReader implements ItemReader {
  private static final List<String> KEY_COLUMNS = List.of("record", "network", "id");

  private final CsvRowReader rows;
  private final ForeignRecords foreign;
  private final Provenance provenance;
  private final List<String> columns;
  private final boolean canonical;
  private final int recordColumn;
  private final long headerEnd;

  /** What each column of the file is in the schema of a kind; looked up once for each kind. */
  private final Map<RecordKind, @Nullable Column[]> schemas = new EnumMap<>(RecordKind.class);

  /** A header that was left by half, to be told as a bad item. */
  private @Nullable Item torn;

  private @Nullable RecordKind kind;

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
    this.recordColumn = columns.indexOf("record");
  }

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException if the header is no text, or names no id and text, or lines
   *     end as nothing writes them any more
   */
  static CsvFileReader of(CsvRowReader rows, ForeignRecords foreign, Provenance provenance)
      throws IOException {
    if (!rows.next()) {
      return new CsvFileReader(rows, List.of(), 0, foreign, provenance);
    }
    boolean unfinished = !rows.terminated();
    if (unfinished && rows.raw().length == 0) {
      return torn(rows, foreign, provenance);
    }
    if (rows.problem() != null && !unfinished) {
      throw new IllegalArgumentException("has a header in which " + rows.problem());
    }
    List<String> names = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    try {
      for (int i = 0; i < rows.fieldCount(); i++) {
        if (!rows.isQuoted(i) && rows.text(i).indexOf('\r') >= 0) {
          throw new IllegalArgumentException(
              "ends its lines with carriage returns alone; put line feeds in their place, as"
                  + " tr '\\r' '\\n' does");
        }
        String name = rows.text(i).strip();
        names.add(name);
        String unique = name.isEmpty() ? "column_" + (i + 1) : name;
        columns.add(columns.contains(unique) ? unique + "_" + (i + 1) : unique);
      }
    } catch (BadItemException e) {
      throw new IllegalArgumentException("has a header that " + e.reason(), e);
    }
    if (unfinished && RecordCsv.isTornHeader(names)) {
      return torn(rows, foreign, provenance);
    }
    if (rows.problem() != null) {
      throw new IllegalArgumentException("has a header in which " + rows.problem());
    }
    if (isCanonical(columns)) {
      rows.expectTornEnd();
    } else {
      foreign.requireColumns(columns);
    }
    return new CsvFileReader(rows, columns, rows.end(), foreign, provenance);
  }

  /** Our own first write was stopped within the header: there is no record, and a torn end. */
  private static CsvFileReader torn(
      CsvRowReader rows, ForeignRecords foreign, Provenance provenance) {
    CsvFileReader reader = new CsvFileReader(rows, List.of(), 0, foreign, provenance);
    String problem = rows.problem();
    reader.torn =
        Item.bad(
            1,
            rows.raw(),
            rows.end(),
            false,
            new BadItemException(null, problem == null ? "is a header left by half" : problem));
    return reader;
  }

  static boolean isCanonical(List<String> columns) {
    return columns.containsAll(KEY_COLUMNS);
  }

  /** Returns the columns in order; empty if the file is. */
  List<String> columns() {
    return columns;
  }

  char separator() {
    return rows.separator();
  }

  /** Returns the kind of record that the file keeps, as far as it was read. */
  @Nullable RecordKind kind() {
    return kind;
  }

  /** Returns the offset after the header. */
  long headerEnd() {
    return headerEnd;
  }

  @Override
  public @Nullable Item next() throws IOException {
    Item header = torn;
    if (header != null) {
      torn = null;
      return header;
    }
    do {
      if (!rows.next()) {
        return null;
      }
    } while (rows.isBlank());
    try {
      return Item.of(rows.line(), rows.raw(), rows.end(), rows.terminated(), content());
    } catch (BadItemException e) {
      return Item.bad(rows.line(), rows.raw(), rows.end(), rows.terminated(), e);
    }
  }

  private Item.Content content() throws BadItemException {
    if (rows.problem() != null) {
      throw new BadItemException(null, String.valueOf(rows.problem()));
    }
    int count = rows.fieldCount();
    if (count != columns.size()) {
      throw new BadItemException(
          null,
          "has "
              + count
              + (count == 1 ? " field" : " fields")
              + " where the header has "
              + columns.size()
              + "; is a separator or a quote missing or not escaped?");
    }
    return canonical ? ours() : foreign();
  }

  private String text(int field) throws BadItemException {
    try {
      return rows.text(field);
    } catch (BadItemException e) {
      throw new BadItemException(columns.get(field), e.reason());
    }
  }

  private Item.Content ours() throws BadItemException {
    RecordSchema schema = RecordJson.schema(text(recordColumn));
    @Nullable Column[] known =
        schemas.computeIfAbsent(
            schema.kind(), each -> columns.stream().map(schema::column).toArray(Column[]::new));
    Map<String, @Nullable Object> values = new HashMap<>(64);
    List<String> unknownFields = new ArrayList<>(0);
    for (int i = 0; i < known.length; i++) {
      Column column = known[i];
      boolean empty = rows.isEmpty(i);
      if (column == null) {
        if (!empty) {
          unknownFields.add(columns.get(i));
        }
      } else if (!empty || rows.isQuoted(i) || column.required()) {
        String cell = empty ? "" : RecordCsv.unguarded(text(i));
        values.put(column.name(), RecordCsv.value(cell, rows.isQuoted(i), column, unknownFields));
      }
    }
    if (!unknownFields.isEmpty() && values.get("raw") == null) {
      values.put("raw", RecordJson.toJson(row()));
    }
    SocialRecord record = RecordJson.record(schema, values);
    if (kind == null) {
      kind = CsvEncoder.kindFor(record);
    }
    return new Item.Content(Item.Layout.CANONICAL, List.of(record), List.of(), unknownFields);
  }

  private Item.Content foreign() throws BadItemException {
    Map<String, String> fields = row();
    try {
      ForeignRecords.Reading reading =
          foreign.read(fields, RecordJson.toJson(fields), provenance, rows.line());
      return Item.Content.foreign(reading);
    } catch (IllegalArgumentException e) {
      throw new BadItemException(null, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> row() throws BadItemException {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), text(i));
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
