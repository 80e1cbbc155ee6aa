package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON array that any tool can open, with one record a line:
 *
 * <pre>
 * [
 * {"record":"post",…},
 * {"record":"post",…}
 * ]
 * </pre>
 *
 * <p>A batch is written over the bracket that closes the array, and brings a new one. When a crash
 * leaves that by half, the records before it are whole, and the next writer closes the array.
 */
final class JsonArrayEncoder implements RecordEncoder {
  private static final byte[] ENDING = {'\n', ']', '\n'};

  /** The most that {@link #separate} writes. */
  private static final int ROOM_TO_SEPARATE = 3;

  private boolean opened;
  private boolean filled;

  /** Makes the encoder of a new file. */
  JsonArrayEncoder() {}

  /** Makes the encoder of an array, which {@code filled} says is not empty. */
  JsonArrayEncoder(boolean filled) {
    this.opened = true;
    this.filled = filled;
  }

  @Override
  public @Nullable BadItemException write(
      SocialRecord record, List<? extends @Nullable Object> values, LineEncoder line, RowBuffer out)
      throws IOException {
    int start = out.length();
    boolean wasOpened = opened;
    boolean wasFilled = filled;
    separate(out);
    out.write(line.bytes(), 0, line.size() - 1); // the line feed follows the comma
    try {
      RecordEncoder.requireFits(out.length() - start);
      return null;
    } catch (BadItemException e) {
      out.cutTo(start);
      opened = wasOpened;
      filled = wasFilled;
      return e;
    }
  }

  @Override
  public boolean write(SpelledLine line, RowBuffer out) throws IOException {
    int length = line.end() - line.start();
    if (length > Bytes.MAX_LENGTH - ROOM_TO_SEPARATE) {
      return false;
    }
    separate(out);
    out.write(line.bytes(), line.start(), length);
    return true;
  }

  private void separate(OutputStream out) throws IOException {
    if (!opened) {
      out.write('[');
      opened = true;
    }
    if (filled) {
      out.write(',');
    }
    out.write('\n');
    filled = true;
  }

  @Override
  public byte[] ending() {
    return ENDING.clone();
  }

  @Override
  public void begin(OutputStream out) throws IOException {
    out.write('[');
    opened = true;
    filled = false;
  }

  @Override
  public void copy(Item item, OutputStream out) throws IOException {
    separate(out);
    out.write(item.raw());
  }
}
