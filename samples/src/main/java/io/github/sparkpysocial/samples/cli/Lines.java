package io.github.sparkpysocial.samples.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file or of the standard input, one after the other: bytes first, so that a line
 * which is no text can be set aside as it was found. A line ends with LF, CR LF, CR or the end.
 */
final class Lines implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final String place;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean afterCarriageReturn;
  private long number;

  private Lines(InputStream in, String place) {
    this.in = in;
    this.place = place;
  }

  /**
   * Opens a file, unpacked if its name ends with {@code .gz}, or the standard input if it is named
   * {@code -}.
   *
   * @throws Failure if it cannot be read
   */
  static Lines open(String file) {
    if (file.equals("-")) {
      return new Lines(new BufferedInputStream(System.in), "standard input");
    }
    Path path = Path.of(file);
    try {
      if (Files.isDirectory(path)) {
        throw Failure.failed(file + " is a directory: name a file in it", null);
      }
      InputStream in = Files.newInputStream(path);
      return new Lines(file.endsWith(".gz") ? new GZIPInputStream(in, BUFFER_BYTES) : in, file);
    } catch (NoSuchFileException e) {
      throw Failure.failed(file + " does not exist; is the path right?", e);
    } catch (AccessDeniedException e) {
      throw Failure.failed(file + " may not be read; give yourself the right to read it", e);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the name of the file. */
  String place() {
    return place;
  }

  /** Returns the number of the line read last, counted from 1. */
  long number() {
    return number;
  }

  /**
   * Reads a line.
   *
   * @return its bytes without the end of the line, or {@code null} at the end
   * @throws Failure if the file cannot be read further
   */
  byte @Nullable [] next() {
    ByteArrayOutputStream line = null;
    while (true) {
      if (position == limit && !fill()) {
        if (line == null) {
          return null;
        }
        number++;
        return line.toByteArray();
      }
      if (afterCarriageReturn) {
        afterCarriageReturn = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      int start = position;
      while (position < limit && buffer[position] != '\n' && buffer[position] != '\r') {
        position++;
      }
      if (line == null) {
        line = new ByteArrayOutputStream(Math.max(32, position - start));
      }
      line.write(buffer, start, position - start);
      if (position < limit) {
        afterCarriageReturn = buffer[position++] == '\r';
        number++;
        return line.toByteArray();
      }
    }
  }

  /** Returns the text of a line, or {@code null} if its bytes are not UTF-8. */
  @Nullable String text(byte[] line) {
    try {
      return decoder.decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, in.read(buffer));
      return limit > 0;
    } catch (IOException e) {
      throw Failure.failed(
          place + " cannot be read after line " + number + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw Failure.failed(place + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
