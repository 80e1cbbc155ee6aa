package io.github.sparkpysocial.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that spans lines: an array of objects, an envelope around such an array, or objects
 * one after the other. Items are cut out by their braces before they are parsed, so that each keeps
 * its very characters, and one with broken content harms no other.
 */
final class JsonDocumentReader implements ItemReader {
  private final ByteInput in;
  private final JsonItemDecoder decoder;
  private final @Nullable String envelope;
  private final Utf8 utf8 = new Utf8();
  private final Bytes bytes = new Bytes();
  private long line = 1;
  private boolean isArray;
  private boolean itemsBefore;
  private boolean inArray;
  private boolean inEnvelope;
  private boolean ended;

  /**
   * Reads a document.
   *
   * @param envelope the name of the array with the items in an object around them, or {@code null}
   */
  JsonDocumentReader(ByteInput in, JsonItemDecoder decoder, @Nullable String envelope) {
    this.in = in;
    this.decoder = decoder;
    this.envelope = envelope;
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (!ended) {
      int next = skipSeparators();
      if (next < 0) {
        ended = true;
        bytes.clear();
        if (in.isBrokenOff()) {
          return bad(line, JsonLineReader.BROKEN_OFF);
        }
        if (inArray) {
          return bad(line, "the array of items is not closed; the end of the file may be missing");
        }
      } else if (next == '[' && !inArray) {
        take();
        isArray = !itemsBefore;
        inArray = true;
      } else if (next == ']' && inArray) {
        take();
        inArray = false;
        if (inEnvelope) {
          inEnvelope = false;
          skipRestOfEnvelope();
        }
      } else {
        long start = line;
        bytes.clear();
        isArray &= inArray;
        itemsBefore = true;
        boolean complete = next == '{' ? readObject() : readScalar();
        if (!inEnvelope || bytes.length() > 0) {
          return item(start, complete);
        }
      }
    }
    return null;
  }

  private Item item(long start, boolean complete) {
    byte[] raw = bytes.toArray();
    if (!complete) {
      ended = true;
      return bad(
          start,
          in.isBrokenOff()
              ? JsonLineReader.BROKEN_OFF
              : "is not closed; the end of the file may be missing");
    }
    if (bytes.isTooLong()) {
      BadItemException tooLong = new BadItemException(null, JsonLineReader.TOO_LONG);
      return Item.bad(start, raw, in.offset(), true, tooLong);
    }
    try {
      return Item.of(start, raw, in.offset(), true, decoder.decode(utf8.decode(raw), start));
    } catch (BadItemException e) {
      return Item.bad(start, raw, in.offset(), true, e);
    }
  }

  /** Returns whether what was read so far is one array and nothing around it. */
  boolean isArray() {
    return isArray;
  }

  private Item bad(long start, String reason) {
    return Item.bad(start, bytes.toArray(), in.offset(), false, new BadItemException(null, reason));
  }

  private int skipSeparators() throws IOException {
    int next = in.peek();
    while (next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == ',') {
      take();
      next = in.peek();
    }
    return next;
  }

  private int take() throws IOException {
    int b = in.read();
    if (b == '\n') {
      line++;
    }
    return b;
  }

  private int takeInto() throws IOException {
    int b = take();
    if (b >= 0) {
      bytes.append(b);
    }
    return b;
  }

  /**
   * Reads an object into the bytes; when it turns out to be the envelope, stops at its first item
   * and leaves no bytes.
   *
   * @return whether it is complete
   */
  private boolean readObject() throws IOException {
    takeInto();
    int depth = 1;
    boolean name = true;
    while (depth > 0) {
      int b = takeInto();
      if (b < 0) {
        return false;
      }
      switch (b) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case ',' -> name = depth == 1;
        case '"' -> {
          int start = bytes.length();
          if (!readString()) {
            return false;
          }
          if (name && depth == 1 && envelope != null && !inArray) {
            if (isEnvelopeName(start) && arrayFollows()) {
              bytes.clear();
              inArray = true;
              inEnvelope = true;
              return true;
            }
          }
          name = false;
        }
        default -> {}
      }
    }
    return true;
  }

  private boolean isEnvelopeName(int start) {
    byte[] wanted = String.valueOf(envelope).getBytes(StandardCharsets.UTF_8);
    if (bytes.length() - 1 - start != wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes.at(start + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean arrayFollows() throws IOException {
    int next = in.peek();
    while (next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == ':') {
      takeInto();
      next = in.peek();
    }
    if (next == '[') {
      takeInto();
      return true;
    }
    return false;
  }

  private boolean readString() throws IOException {
    while (true) {
      int b = takeInto();
      if (b < 0) {
        return false;
      }
      if (b == '"') {
        return true;
      }
      if (b == '\\') {
        takeInto();
      }
    }
  }

  private boolean readScalar() throws IOException {
    int next = in.peek();
    do {
      if (takeInto() == '"') {
        readString();
      }
      next = in.peek();
    } while (next >= 0 && next != ',' && next != ']' && next != '{' && next != '\n' && next != ' ');
    return true;
  }

  private void skipRestOfEnvelope() throws IOException {
    int depth = 1;
    while (depth > 0) {
      bytes.clear();
      int b = take();
      if (b < 0) {
        ended = true;
        return;
      }
      switch (b) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> readString();
        default -> {}
      }
    }
    bytes.clear();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
