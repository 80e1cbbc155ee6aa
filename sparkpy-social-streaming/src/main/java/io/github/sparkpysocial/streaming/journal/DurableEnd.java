package io.github.sparkpysocial.streaming.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file that tells other processes up to where a journal is durable: three numbers and a
 * checksum, written over after each commit. It is not forced to the disk itself: what it says may
 * be too little after the machine stopped, never too much, and the next writer corrects it.
 */
final class DurableEnd {
  private static final String NAME = "end";
  private static final int BYTES = 32;

  /** Reading may meet a writing; that is over in no time. */
  private static final int ATTEMPTS = 1_000;

  private DurableEnd() {}

  static Path file(Path directory) {
    return directory.resolve(NAME);
  }

  static void write(FileChannel channel, JournalPosition end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(end.offset()).putLong(end.segment()).putLong(end.at());
    bytes.putLong(checksum(bytes)).flip();
    channel.write(bytes, 0);
  }

  /** Returns what the file says, or {@code null} if it is missing or damaged. */
  static @Nullable JournalPosition read(Path directory) throws IOException {
    if (!Files.exists(file(directory))) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(file(directory), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      for (int i = 0; i < ATTEMPTS; i++) {
        bytes.clear();
        if (channel.read(bytes, 0) == BYTES
            && bytes.getLong(BYTES - Long.BYTES) == checksum(bytes)
            && bytes.getLong(0) >= bytes.getLong(Long.BYTES)) {
          return new JournalPosition(
              bytes.getLong(0), bytes.getLong(Long.BYTES), bytes.getLong(2 * Long.BYTES));
        }
        Thread.onSpinWait();
      }
      return null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, BYTES - Long.BYTES));
    return crc.getValue();
  }
}
