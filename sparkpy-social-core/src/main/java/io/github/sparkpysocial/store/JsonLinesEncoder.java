package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record a line. */
final class JsonLinesEncoder implements RecordEncoder {
  @Override
  public @Nullable BadItemException write(
      SocialRecord record, List<? extends @Nullable Object> values, LineEncoder line, RowBuffer out)
      throws IOException {
    try {
      RecordEncoder.requireFits(line.size());
      out.write(line.bytes(), 0, line.size());
      return null;
    } catch (BadItemException e) {
      return e;
    }
  }

  @Override
  public boolean write(SpelledLine line, RowBuffer out) {
    int length = line.end() - line.start();
    if (length >= Bytes.MAX_LENGTH) {
      return false;
    }
    out.write(line.bytes(), line.start(), length);
    out.write('\n');
    return true;
  }

  @Override
  public void copy(Item item, OutputStream out) throws IOException {
    out.write(item.raw());
    out.write('\n');
  }
}
