package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.SocialRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record a line. */
final class JsonLinesEncoder implements RecordEncoder {
  private final boolean keepRaw;

  JsonLinesEncoder(boolean keepRaw) {
    this.keepRaw = keepRaw;
  }

  @Override
  public @Nullable BadItemException write(
      SocialRecord record, List<? extends @Nullable Object> values, RowBuffer out)
      throws IOException {
    int start = out.length();
    RecordJson.writeLine(record.recordKind(), values, keepRaw, out);
    try {
      RecordEncoder.requireFits(out.length() - start);
      return null;
    } catch (BadItemException e) {
      out.cutTo(start);
      return e;
    }
  }

  @Override
  public void copy(Item item, OutputStream out) throws IOException {
    out.write(item.raw());
    out.write('\n');
  }
}
