package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
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
  private final @Nullable Object identity;

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
          path + " ends in .gz but is not gzip-compressed; rename or compress it", e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ItemReader openCsv() throws IOException {
    Character separator = options.separator();
    if (separator == null) {
      Bytes header = new Bytes();
      try (ByteInput in = bytes()) {
        in.readLine(header);
      }
      separator = CsvRowReader.separatorOf(new String(header.toArray(), StandardCharsets.UTF_8));
    }
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

  private ByteInput bytes() throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    if (!Objects.equals(now.fileKey(), identity) || now.size() < size) {
      throw new StoreException(
          path + " was replaced while it was read; read it again when its writer is done");
    }
    return ByteInput.of(new FirstBytes(Files.newInputStream(path), size), type.gzip());
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
