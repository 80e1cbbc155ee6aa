package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sparkpysocial.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Appends what was set aside to a file of JSON Lines; one write for each, so that none is torn. */
final class FileQuarantine implements Quarantine {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private @Nullable FileChannel channel;
  private long count;

  FileQuarantine(Path file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  @Override
  public synchronized void setAside(Rejected rejected) {
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
      }
      ByteBuffer line = ByteBuffer.wrap(encode(rejected));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      count++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static byte[] encode(Rejected rejected) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("place", rejected.place());
      if (rejected.line() > 0) {
        json.writeNumberField("line", rejected.line());
      }
      if (rejected.field() != null) {
        json.writeStringField("field", rejected.field());
      }
      json.writeStringField("reason", rejected.reason());
      byte[] raw = rejected.raw();
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        json.writeStringField("raw", text);
      } catch (CharacterCodingException notText) {
        json.writeBinaryField("raw_base64", raw);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  @Override
  public synchronized long count() {
    return count;
  }

  @Override
  public synchronized void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try (open) {
        open.force(true);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private StoreException failed(IOException cause) {
    return new StoreException(
        "Cannot write the quarantine file "
            + file
            + "; name one in a directory that exists and can be written",
        cause);
  }
}
