package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one file is written: what stands before, between and after its records. It knows what the
 * file holds already. Used by the one writer of the file.
 */
interface RecordEncoder {
  /** Returns the encoder for a file that is not there yet, or that is empty. */
  static RecordEncoder of(FileType type, String place, StoreOptions options) {
    return switch (type.layout()) {
      case CSV -> new CsvEncoder(place, options);
      case JSON -> new JsonArrayEncoder();
      case JSON_LINES -> new JsonLinesEncoder();
    };
  }

  /**
   * Returns the encoder that goes on with a file.
   *
   * @param items a reader that has read the whole file
   * @param live how many items were read
   */
  static RecordEncoder of(
      FileType type, String place, StoreOptions options, ItemReader items, long live) {
    if (items instanceof CsvFileReader csv) {
      return csv.columns().isEmpty()
          ? new CsvEncoder(place, options)
          : new CsvEncoder(place, options, csv);
    }
    if (type.layout() == FileType.Layout.JSON && items instanceof JsonLineReader && live > 0) {
      return new JsonLinesEncoder();
    }
    return type.layout() == FileType.Layout.JSON
        ? new JsonArrayEncoder(live > 0)
        : new JsonLinesEncoder();
  }

  /**
   * Refuses a batch before anything of it is written.
   *
   * @throws io.github.sparkpysocial.UnsupportedCapabilityException if the file cannot keep a record
   */
  default void require(List<? extends SocialRecord> batch) {}

  /**
   * Writes a record, and what has to stand before it.
   *
   * @param values in the order of the columns of its schema
   * @param line the record as a line of JSON, with its line feed
   * @return {@code null}, or why the file cannot hold it; then nothing is written
   */
  @Nullable BadItemException write(
      SocialRecord record, List<? extends @Nullable Object> values, LineEncoder line, RowBuffer out)
      throws IOException;

  /**
   * Writes a line as it is, and what has to stand before it.
   *
   * @return whether the file can hold it as it is; if not, nothing is written, and what is in it
   *     has to be written as a record
   * @throws io.github.sparkpysocial.UnsupportedCapabilityException if the file cannot keep records
   *     of this kind
   */
  boolean write(SpelledLine line, RowBuffer out) throws IOException;

  /** Refuses a record that no reader would take: whatever is longer is broken. */
  static void requireFits(int bytes) throws BadItemException {
    if (bytes > Bytes.MAX_LENGTH) {
      throw new BadItemException(
          null, "is longer than " + (Bytes.MAX_LENGTH >> 20) + " MiB, more than a file can hold");
    }
  }

  /** Returns what ends the file, after its last record; the next batch is written over it. */
  default byte[] ending() {
    return new byte[0];
  }

  /** Returns whether the file must be rewritten before anything is appended to it. */
  default boolean mustRewrite() {
    return false;
  }

  /** Begins a new file that takes what lives of the old one. */
  default void begin(OutputStream out) throws IOException {}

  /** Takes an item over into the new file. */
  void copy(Item item, OutputStream out) throws IOException;
}
