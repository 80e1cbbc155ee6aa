package io.github.sparkpysocial.samples.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the columns of a post with FastCSV, lists as JSON. */
final class CsvBaseline extends FileBaseline {
  private static final List<String> COLUMNS =
      RecordSchema.of(RecordKind.POST).columns().stream().map(Column::name).toList();

  CsvBaseline(Path directory) {
    super(directory, ".csv");
  }

  @Override
  public String name() {
    return "FastCSV and Jackson streaming";
  }

  @Override
  public long load(Path jsonLines, String targetUri) throws IOException {
    Path target = Path.of(targetUri);
    long records = 0;
    try (JsonRows rows = new JsonRows(jsonLines, COLUMNS);
        CsvWriter csv =
            CsvWriter.builder().bufferSize(1 << 16).lineDelimiter(LineDelimiter.LF).build(target)) {
      csv.writeRecord(COLUMNS);
      String[] cells = new String[COLUMNS.size()];
      @Nullable Object[] row;
      while ((row = rows.next()) != null) {
        for (int i = 0; i < row.length; i++) {
          Object value = row[i];
          cells[i] = value == null ? "" : value.toString();
        }
        csv.writeRecord(cells);
        records++;
      }
    }
    sync(target);
    return records;
  }
}
