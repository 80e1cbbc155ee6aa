package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line, row or object of a file, and what was read from it.
 *
 * @param line the line it starts on, counted from 1
 * @param raw its bytes, without the line's end
 * @param end the offset after it, unpacked, with the line's end
 * @param terminated whether a line's end follows it
 * @param layout how it is written
 * @param records what it holds
 * @param notices kinds of messages in it that are no records
 * @param unknownFields fields in it that the schema does not know
 * @param rejected parts of it that cannot be read
 * @param problem why it cannot be read, or {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record Item(
    long line,
    byte[] raw,
    long end,
    boolean terminated,
    Layout layout,
    List<SocialRecord> records,
    List<String> notices,
    List<String> unknownFields,
    List<FileFormat.RejectedPart> rejected,
    @Nullable BadItemException problem) {

  /** How an item is written. */
  enum Layout {
    /** As this library writes records. */
    CANONICAL,
    /** As another tool has saved a table or objects of its own. */
    FOREIGN,
    /** As a network has answered. */
    RAW_FORMAT,
    /** Nobody knows, since it cannot be read. */
    UNKNOWN
  }

  /** What was read from an item. */
  record Content(
      Layout layout,
      List<SocialRecord> records,
      List<String> notices,
      List<String> unknownFields,
      List<FileFormat.RejectedPart> rejected) {

    Content(
        Layout layout,
        List<SocialRecord> records,
        List<String> notices,
        List<String> unknownFields) {
      this(layout, records, notices, unknownFields, List.of());
    }

    static Content foreign(ForeignRecords.Reading reading) {
      return new Content(
          Layout.FOREIGN,
          List.of(reading.record()),
          reading.notices(),
          reading.unknownFields(),
          reading.rejected());
    }
  }

  static Item of(long line, byte[] raw, long end, boolean terminated, Content content) {
    return new Item(
        line,
        raw,
        end,
        terminated,
        content.layout(),
        content.records(),
        content.notices(),
        content.unknownFields(),
        content.rejected(),
        null);
  }

  static Item bad(long line, byte[] raw, long end, boolean terminated, BadItemException problem) {
    return new Item(
        line,
        raw,
        end,
        terminated,
        Layout.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        problem);
  }
}
