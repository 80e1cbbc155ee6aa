package io.github.sparkpysocial.harvest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receipts of deletions that were carried out: a file of JSON Lines, one for each tombstone
 * that arrived, with {@code key} ({@code network/kind/id}), {@code erased_at}, {@code deleted_at}
 * if the network told when, {@code told_by} (the listing that brought the tombstone), {@code store}
 * and {@code outcome}:
 *
 * <ul>
 *   <li>{@code erased}: the record was there and is gone
 *   <li>{@code not_there}: it was not there; it will be kept away from now on
 *   <li>{@code erased_before}: the store had the tombstone already
 * </ul>
 *
 * <p>A receipt is durable before the page with the tombstone is noted in the ledger: a run that is
 * killed writes it again, but never goes without. Thread-safe.
 */
public final class ErasureLog implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final Clock clock;
  private @Nullable FileChannel channel;

  private ErasureLog(Path file, Clock clock) {
    this.file = Objects.requireNonNull(file, "file");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Returns a log that appends to a file, made with the first receipt. */
  public static ErasureLog toFile(Path file) {
    return toFile(file, Clock.systemUTC());
  }

  /** Returns a log that appends to a file and takes the time of receipts from this clock. */
  public static ErasureLog toFile(Path file, Clock clock) {
    return new ErasureLog(file, clock);
  }

  /** Writes a receipt; durable when it returns. */
  synchronized void receipt(Tombstone tombstone, String store, WriteSummary written) {
    String outcome =
        written.deleted() > 0 ? "erased" : written.unchanged() > 0 ? "erased_before" : "not_there";
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(line)) {
        json.writeStartObject();
        json.writeStringField("key", tombstone.target().toString());
        json.writeStringField("erased_at", clock.instant().toString());
        if (tombstone.deletedAt() != null) {
          json.writeStringField("deleted_at", tombstone.deletedAt().toString());
        }
        if (tombstone.provenance().place() != null) {
          json.writeStringField("told_by", tombstone.provenance().place());
        }
        json.writeStringField("store", store);
        json.writeStringField("outcome", outcome);
        json.writeEndObject();
        json.writeRaw('\n');
      }
      if (channel == null) {
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
      }
      ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new StoreException(
          "Cannot write the erasure log "
              + file
              + "; name one in a directory that exists and can be written",
          e);
    }
  }

  @Override
  public synchronized void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new StoreException("The erasure log " + file + " cannot be closed: " + e, e);
      }
    }
  }
}
