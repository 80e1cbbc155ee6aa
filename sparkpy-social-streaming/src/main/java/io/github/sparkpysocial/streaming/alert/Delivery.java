package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.http.Redaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a channel the alerts of the file, one after the other, and notes how far it came in a file
 * beside it, {@code NAME.CHANNEL.told}. What cannot be told now waits. Used by one thread.
 */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final String name;
  private final AlertChannel channel;
  private final AlertFile alerts;
  private final Path note;

  Delivery(String name, AlertChannel channel, AlertFile alerts) {
    this.name = name;
    this.channel = channel;
    this.alerts = alerts;
    Path file = alerts.path();
    this.note =
        file.resolveSibling(Objects.requireNonNull(file.getFileName()) + "." + name + ".told");
  }

  /**
   * Tells what was not told yet, as far as the channel takes it.
   *
   * @return whether it took all
   */
  boolean deliver() throws InterruptedException {
    return alerts.readFrom(told(), this::tell);
  }

  private boolean tell(Alert alert, long end) throws InterruptedException {
    try {
      channel.tell(alert);
    } catch (IOException | RuntimeException e) {
      log.warn(
          "Alert {} could not be told by {} and waits for the next batch: {}",
          alert.id(),
          name,
          Redaction.text(String.valueOf(e.getMessage())));
      return false;
    }
    note(end);
    return true;
  }

  private long told() {
    try {
      return Files.exists(note) ? Long.parseLong(Files.readString(note).strip()) : 0;
    } catch (IOException | NumberFormatException e) {
      throw new StoreException(
          "How far the alerts were told cannot be read from "
              + note
              + "; remove the file to tell all of them again",
          e);
    }
  }

  private void note(long end) {
    Path fresh = note.resolveSibling(note.getFileName() + ".new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.wrap(Long.toString(end).getBytes(StandardCharsets.US_ASCII));
      while (text.hasRemaining()) {
        int unused = file.write(text);
      }
      file.force(true);
      Path moved = Files.move(fresh, note, StandardCopyOption.ATOMIC_MOVE);
      log.debug("{} was told up to byte {}: {}", name, end, moved);
    } catch (IOException e) {
      throw new StoreException(
          "How far the alerts were told cannot be noted in " + note + ": " + e, e);
    }
  }
}
