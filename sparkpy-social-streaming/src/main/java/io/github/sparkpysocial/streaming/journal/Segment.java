package io.github.sparkpysocial.streaming.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A segment file: a header, then entries. All numbers are big-endian.
 *
 * <pre>
 * header  "SPKJ", version 1 (int), offset of the first entry (long)
 * entry   length of what follows the checksum (int), CRC-32C of it (int),
 *         kind (byte), microseconds since 1970 (long), payload
 * </pre>
 *
 * @param file the file, named by the offset of its first entry
 * @param base that offset
 */
record Segment(Path file, long base) {
  static final int HEADER_BYTES = 16;

  /** Length and checksum. */
  static final int FRAME_BYTES = 8;

  /** Kind and time. */
  static final int META_BYTES = 9;

  /** Longer is no entry: live messages are at most 4 MiB. */
  static final int MOST_ENTRY_BYTES = 16 << 20;

  private static final int MAGIC = 0x53504B4A; // SPKJ
  private static final int VERSION = 1;
  private static final String ENDING = ".journal";

  static Segment at(Path directory, long base) {
    return new Segment(directory.resolve(String.format(Locale.ROOT, "%019d", base) + ENDING), base);
  }

  /** Returns the segments of a directory, oldest first. */
  static List<Segment> list(Path directory) throws IOException {
    List<Long> bases = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String number = name.substring(0, name.length() - ENDING.length());
        if (number.matches("\\d{19}")) {
          bases.add(Long.parseLong(number));
        }
      }
    }
    Collections.sort(bases);
    return bases.stream().map(base -> at(directory, base)).toList();
  }

  JournalPosition start() {
    return new JournalPosition(base, base, HEADER_BYTES);
  }

  ByteBuffer header() {
    return ByteBuffer.allocate(HEADER_BYTES).putInt(MAGIC).putInt(VERSION).putLong(base).flip();
  }

  /** Returns whether these bytes, as many as a header has, are the header of this segment. */
  boolean isHeader(ByteBuffer bytes) {
    return bytes.remaining() == HEADER_BYTES
        && bytes.getInt() == MAGIC
        && bytes.getInt() == VERSION
        && bytes.getLong() == base;
  }

  /** Returns the checksum of the bytes from here to the limit, and leaves them as they are. */
  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }
}
