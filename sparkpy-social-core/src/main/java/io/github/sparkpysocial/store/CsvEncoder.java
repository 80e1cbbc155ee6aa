package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records as rows of CSV, laid out as {@link RecordCsv} says. The first record decides which kind
 * the file keeps; where each of its columns comes from is looked up once.
 */
final class CsvEncoder implements RecordEncoder {
  private final String place;
  private final boolean keepRaw;
  private final boolean guard;
  private final char separator;

  /** Whether the file has fewer columns than this version writes, or others in their order. */
  private final boolean outdated;

  private @Nullable RecordKind kind;
  private int[] sources = {};
  private int[] tombstoneSources = {};

  /** Makes the encoder of a new file. */
  CsvEncoder(String place, StoreOptions options) {
    Character wanted = options.separator();
    this.place = place;
    this.keepRaw = options.keepRaw();
    this.guard = options.formulaGuard();
    this.separator = wanted == null ? ',' : wanted;
    this.outdated = false;
  }

  /**
   * Makes the encoder that goes on with a file of ours.
   *
   * @throws StoreException if it has columns that this version does not know
   */
  CsvEncoder(String place, StoreOptions options, CsvFileReader file) {
    this.place = place;
    this.keepRaw = options.keepRaw();
    this.guard = options.formulaGuard();
    this.separator = file.separator();
    RecordKind kept = kindOf(place, file);
    this.outdated = kept == null || !file.columns().equals(RecordCsv.columns(kept));
    if (kept != null) {
      settle(kept);
    }
  }

  /** Returns the kind that the file keeps, or {@code null} if it has no row to tell it. */
  private static @Nullable RecordKind kindOf(String place, CsvFileReader file) {
    List<RecordKind> candidates = new ArrayList<>();
    for (RecordKind candidate : RecordKind.values()) {
      List<String> columns = RecordCsv.columns(candidate);
      if (columns.equals(file.columns())) {
        return candidate;
      }
      if (columns.containsAll(file.columns())) {
        candidates.add(candidate);
      }
    }
    RecordKind first = file.kind();
    if (candidates.isEmpty() || (first != null && !candidates.contains(first))) {
      RecordKind likely = first == null ? RecordKind.POST : first;
      List<String> unknown = new ArrayList<>(file.columns());
      unknown.removeAll(RecordCsv.columns(likely));
      throw new StoreException(
          place
              + " has columns that this version does not write for a "
              + likely.wireName()
              + ": "
              + String.join(", ", unknown)
              + "; use the newer sparkpy-social that wrote it, or transfer it to a new file, where"
              + " the raw JSON keeps them");
    }
    return candidates.size() == 1 ? candidates.get(0) : first;
  }

  private void settle(RecordKind kept) {
    kind = kept;
    List<String> columns = RecordCsv.columns(kept);
    sources = sources(columns, kept);
    tombstoneSources = sources(columns, RecordKind.TOMBSTONE);
  }

  private int[] sources(List<String> columns, RecordKind of) {
    List<String> names = RecordSchema.of(of).columns().stream().map(Column::name).toList();
    return columns.stream()
        .mapToInt(name -> name.equals("raw") && !keepRaw ? -1 : names.indexOf(name))
        .toArray();
  }

  /** Returns the kind of the file that holds this record: a tombstone is kept with its target's. */
  static RecordKind kindFor(SocialRecord record) {
    return record instanceof Tombstone tombstone ? tombstone.targetKind() : record.recordKind();
  }

  @Override
  public void require(List<? extends SocialRecord> batch) {
    RecordKind kept = kind;
    for (SocialRecord record : batch) {
      kept = require(kept, kindFor(record));
    }
  }

  private RecordKind require(@Nullable RecordKind kept, RecordKind wanted) {
    if (kept != null && kept != wanted) {
      throw new UnsupportedCapabilityException(
          "The CSV file "
              + place
              + " keeps records of kind "
              + kept.wireName()
              + " and does not claim MIXED_KINDS, so it cannot hold one of kind "
              + wanted.wireName()
              + "; write to a .jsonl file, or filter by kind");
    }
    return wanted;
  }

  @Override
  public @Nullable BadItemException write(
      SocialRecord record, List<? extends @Nullable Object> values, LineEncoder line, RowBuffer out)
      throws IOException {
    return write(record, values, out);
  }

  private @Nullable BadItemException write(
      SocialRecord record, List<? extends @Nullable Object> values, RowBuffer out)
      throws IOException {
    if (kind == null) {
      settle(kindFor(record));
      begin(out);
    }
    int start = out.length();
    try {
      row(values, record instanceof Tombstone ? tombstoneSources : sources, out);
      RecordEncoder.requireFits(out.length() - start);
      return null;
    } catch (BadItemException e) {
      out.cutTo(start);
      return e;
    }
  }

  @Override
  public boolean write(SpelledLine line, RowBuffer out) throws IOException {
    require(kind, line.kind());
    if (kind == null) {
      settle(line.kind());
      begin(out);
    }
    int start = out.length();
    boolean held = true;
    for (int i = 0; i < sources.length && held; i++) {
      if (i > 0) {
        out.write(separator);
      }
      if (sources[i] >= 0 && line.has(sources[i])) {
        held = SpelledCell.write(line, sources[i], guard, out);
      }
    }
    out.write('\n');
    held &= out.length() - start <= Bytes.MAX_LENGTH;
    if (!held) {
      out.cutTo(start);
    }
    return held;
  }

  private void row(List<? extends @Nullable Object> values, int[] from, RowBuffer out)
      throws BadItemException {
    for (int i = 0; i < from.length; i++) {
      if (i > 0) {
        out.write(separator);
      }
      Object value = from[i] < 0 ? null : values.get(from[i]);
      if (value == null) {
        continue;
      }
      if (value instanceof String text) {
        requireNoNul(text, i);
        RecordCsv.quote(text, guard, out);
      } else if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
        out.ascii(value.toString());
      } else if (value instanceof List<?> list) {
        if (!list.isEmpty()) {
          RecordCsv.quote(RecordJson.toJson(list), guard, out);
        }
      } else {
        RecordCsv.quote(value.toString(), guard, out);
      }
    }
    out.write('\n');
  }

  private void requireNoNul(String text, int column) throws BadItemException {
    if (text.indexOf('\0') >= 0 && kind != null) {
      throw new BadItemException(
          RecordCsv.columns(kind).get(column),
          "holds a NUL character, which no CSV file can; write to a .jsonl file instead");
    }
  }

  @Override
  public boolean mustRewrite() {
    return outdated;
  }

  @Override
  public void begin(OutputStream out) throws IOException {
    if (kind != null) {
      out.write(RecordCsv.header(RecordCsv.columns(kind), separator));
    }
  }

  @Override
  public void copy(Item item, OutputStream out) throws IOException {
    if (outdated && item.problem() == null) {
      RowBuffer row = new RowBuffer();
      for (SocialRecord record : item.records()) {
        write(record, RecordSchema.of(record.recordKind()).values(record), row);
      }
      row.writeTo(out);
    } else {
      out.write(item.raw());
      out.write('\n');
    }
  }
}
