package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON Lines: one object a line, so that a broken line harms no other. */
final class JsonLineReader implements ItemReader {
  private final ByteInput in;
  private final JsonItemDecoder decoder;
  private final Utf8 utf8 = new Utf8();
  private final Bytes bytes = new Bytes();
  private long line;
  private boolean terminated;
  private boolean ended;
  private boolean brokenOff;

  JsonLineReader(ByteInput in, JsonItemDecoder decoder) {
    this.in = in;
    this.decoder = decoder;
  }

  @Override
  public @Nullable Item next() throws IOException {
    return advance() ? item() : null;
  }

  /** Goes to the next line that is not blank; returns whether there is one. */
  boolean advance() throws IOException {
    while (!ended) {
      bytes.clear();
      terminated = in.readLine(bytes);
      line++;
      ended = !terminated;
      brokenOff = ended && in.isBrokenOff();
      if (brokenOff || !bytes.isBlank()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks at the line without reading it as JSON.
   *
   * @return whether it is whole and begins as a record of this library does
   */
  boolean isRecord(LineScan scan) {
    return terminated
        && decoder.readsRecords()
        && !bytes.isTooLong()
        && scan.isRecord(bytes.array(), 0, bytes.length());
  }

  /** Returns whether the line, which is a record of this kind, is sound and spelled as ours are. */
  boolean isSpelled(SpelledLine spelled, RecordKind kind) {
    return spelled.read(bytes.array(), 0, bytes.length(), kind);
  }

  /** Returns the offset after the line, unpacked, with the line's end. */
  long end() {
    return in.offset();
  }

  /** Reads the line. */
  Item item() {
    byte[] raw = bytes.toArray();
    try {
      if (brokenOff) {
        throw new BadItemException(null, BROKEN_OFF);
      }
      if (bytes.isTooLong()) {
        throw new BadItemException(null, TOO_LONG);
      }
      return Item.of(line, raw, in.offset(), terminated, decoder.decode(utf8.decode(raw), line));
    } catch (BadItemException e) {
      return Item.bad(line, raw, in.offset(), terminated, e);
    }
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
