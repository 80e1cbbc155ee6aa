package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One file as it was when it was first looked at. It can be read several times, and always gives
 * the same: what is appended meanwhile is not seen, and when it was replaced, reading fails.
 */
final class DataFile {
  private static final int SNIFFED_BYTES = 1 << 20;

  private final Path path;
  private final FileType type;
  private final StoreOptions options;
  private final @Nullable FileFormat format;
  private final List<FileFormat> formats;
  private final long size;
  private @Nullable FirstBytes latest;
  private final @Nullable Object identity;

  /** The last bytes of the file, if they may be written over while it is read. */
  private final byte[] ending;

  /**
   * Looks at a file.
   *
   * @param format the one that the URI names, or {@code null}
   * @param formats those to recognise
   * @throws StoreException if it is not there or is no file
   */
  DataFile(
      Path path,
      FileType type,
      StoreOptions options,
      @Nullable FileFormat format,
      List<FileFormat> formats) {
    this.path = path;
    this.type = type;
    this.options = options;
    this.format = format;
    this.formats = formats;
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new StoreException(
            path + " is a directory; name a file in it, or several by " + path.resolve("*.jsonl"));
      }
      this.size = attributes.size();
      this.identity = attributes.fileKey();
      this.ending = ending();
    } catch (NoSuchFileException e) {
      throw new StoreException(
          "There is no file "
              + path
              + "; check the path, which is relative to "
              + Path.of("").toAbsolutePath(),
          e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  Path path() {
    return path;
  }

  /** Opens the file for one reading of all its items. */
  ItemReader open() {
    try {
      return type.layout() == FileType.Layout.CSV ? openCsv() : openJson();
    } catch (ZipException e) {
      throw new StoreException(
          path
              + " ends in "
              + type.compression().ending()
              + " but is not "
              + type.compression().label()
              + "-compressed; rename or compress it",
          e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Returns whether it is JSON Lines, and the first line looks like a record of this library. */
  boolean beginsWithRecord() {
    try (ItemReader items = open()) {
      return items instanceof JsonLineReader lines
          && lines.advance()
          && lines.isRecord(new LineScan(SipHash.withRandomKey()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ItemReader openCsv() throws IOException {
    Bytes header = new Bytes();
    try (ByteInput in = bytes()) {
      in.readLine(header);
    }
    char separator =
        separator(new String(header.toArray(), StandardCharsets.UTF_8), options.separator());
    ByteInput in = bytes();
    try {
      return CsvFileReader.of(
          new CsvRowReader(in, separator), ForeignRecords.of(options), provenance());
    } catch (IllegalArgumentException e) {
      in.close();
      throw new IllegalArgumentException("The file " + path + " " + e.getMessage(), e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** A file of ours says its separator itself; with others the options have the first word. */
  private static char separator(String header, @Nullable Character wanted) {
    if (header.startsWith("record") && header.startsWith("network", 7)) {
      return header.charAt(6);
    }
    return wanted == null ? CsvRowReader.separatorOf(header) : wanted;
  }

  private ItemReader openJson() throws IOException {
    String envelope = null;
    boolean document;
    try (ByteInput in = bytes()) {
      Bytes prefix = new Bytes();
      int b;
      while (prefix.length() < SNIFFED_BYTES && (b = in.read()) >= 0) {
        prefix.append(b);
      }
      byte[] start = prefix.toArray();
      envelope = envelope(start);
      document = envelope != null || isDocument(start);
    }
    JsonItemDecoder decoder =
        new JsonItemDecoder(format, formats, ForeignRecords.of(options), provenance());
    return document
        ? new JsonDocumentReader(bytes(), decoder, envelope)
        : new JsonLineReader(bytes(), decoder);
  }

  /** Returns whether this is the start of JSON that spans lines, and not of JSON Lines. */
  private static boolean isDocument(byte[] start) {
    int first = 0;
    while (first < start.length && Character.isWhitespace(start[first])) {
      first++;
    }
    if (first == start.length || (start[first] != '{' && start[first] != '[')) {
      return false;
    }
    if (start[first] == '[') {
      return true;
    }
    int end = first;
    while (end < start.length && start[end] != '\n') {
      end++;
    }
    int second = end;
    while (second < start.length && Character.isWhitespace(start[second])) {
      second++;
    }
    boolean anotherFollows = second < start.length && start[second] == '{';
    return !anotherFollows && breaksOff(start, first, end);
  }

  private static boolean breaksOff(byte[] json, int from, int to) {
    try (JsonParser parser = RecordJson.FACTORY.createParser(json, from, to - from)) {
      parser.nextToken();
      parser.skipChildren();
      return false;
    } catch (JsonEOFException e) {
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /**
   * Returns the name of the array that a known format has in its envelope, if the first object is
   * such an envelope.
   */
  private @Nullable String envelope(byte[] start) {
    List<String> names = new ArrayList<>();
    try (JsonParser json = RecordJson.FACTORY.createParser(start)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        String name;
        while ((name = json.nextFieldName()) != null && names.size() < 64) {
          names.add(name);
          json.nextToken();
          json.skipChildren();
        }
      }
    } catch (IOException cutHere) {
      // The names so far are what there is to go by.
    }
    for (FileFormat known : format == null ? formats : List.of(format)) {
      String envelope = known.envelope();
      if (envelope != null && names.contains(envelope)) {
        return envelope;
      }
    }
    return null;
  }

  private Provenance provenance() {
    return new Provenance(path.toString(), null, null);
  }

  /** Returns how many bytes it has. */
  long size() {
    return size;
  }

  /** Returns how many of its bytes the latest reading has taken so far. */
  long bytesRead() {
    return latest == null ? 0 : size - latest.left;
  }

  private ByteInput bytes() throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    if (!Objects.equals(now.fileKey(), identity) || now.size() < size) {
      throw new StoreException(
          path + " was replaced while it was read; read it again when its writer is done");
    }
    InputStream file = Files.newInputStream(path);
    FirstBytes before = new FirstBytes(file, size - ending.length);
    latest = before;
    try {
      InputStream then =
          ending.length == 0
              ? before
              : new SequenceInputStream(before, new ByteArrayInputStream(ending));
      return ByteInput.of(type.compression().unpack(then), false);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Returns the closing bracket of an array of ours: the next batch is written over it, and a
   * reader must still see it.
   */
  private byte[] ending() throws IOException {
    byte[] ending =
        type.layout() == FileType.Layout.JSON
            ? type.compression().member(new JsonArrayEncoder(true).ending())
            : new byte[0];
    return isAtEnd(ending) ? ending : new byte[0];
  }

  /** Returns whether the file, as it was when it was looked at, ends with these bytes. */
  boolean isAtEnd(byte[] bytes) throws IOException {
    if (size < bytes.length) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer end = ByteBuffer.allocate(bytes.length);
      channel.position(size - bytes.length);
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // The end may come in pieces.
      }
      return Arrays.equals(end.array(), bytes);
    }
  }

  StoreException unreadable(IOException e) {
    return new StoreException(
        "Cannot read " + path + " (" + e.getClass().getSimpleName() + "); is it readable for you?",
        e);
  }

  /** The first bytes of a stream, as many as the file had. */
  private static final class FirstBytes extends FilterInputStream {
    private long left;

    FirstBytes(InputStream in, long count) {
      super(in);
      this.left = count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }
  }
}
