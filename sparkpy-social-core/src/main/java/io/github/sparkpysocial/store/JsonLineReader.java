package io.github.sparkpysocial.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON Lines: one object a line, so that a broken line harms no other. */
final class JsonLineReader implements ItemReader {
  private final ByteInput in;
  private final JsonItemDecoder decoder;
  private final Utf8 utf8 = new Utf8();
  private final Bytes bytes = new Bytes();
  private long line;
  private boolean ended;

  JsonLineReader(ByteInput in, JsonItemDecoder decoder) {
    this.in = in;
    this.decoder = decoder;
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (!ended) {
      bytes.clear();
      boolean terminated = in.readLine(bytes);
      line++;
      ended = !terminated;
      if (ended && in.isBrokenOff()) {
        return Item.bad(
            line, bytes.toArray(), in.offset(), false, new BadItemException(null, BROKEN_OFF));
      }
      if (bytes.isTooLong()) {
        return Item.bad(
            line, bytes.toArray(), in.offset(), terminated, new BadItemException(null, TOO_LONG));
      }
      if (!bytes.isBlank()) {
        byte[] raw = bytes.toArray();
        try {
          return Item.of(
              line, raw, in.offset(), terminated, decoder.decode(utf8.decode(raw), line));
        } catch (BadItemException e) {
          return Item.bad(line, raw, in.offset(), terminated, e);
        }
      }
    }
    return null;
  }

  static final String BROKEN_OFF =
      "the gzip data breaks off or is damaged here; the rest of the file cannot be read";
  static final String TOO_LONG =
      "is longer than " + (Bytes.MAX_LENGTH >> 20) + " MiB and was cut here; is it one record?";

  @Override
  public void close() throws IOException {
    in.close();
  }
}
