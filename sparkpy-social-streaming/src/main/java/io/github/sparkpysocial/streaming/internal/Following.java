package io.github.sparkpysocial.streaming.internal;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a place block by block, for takers that say when they have a block for sure. What comes
 * is recorded in a journal, and how far it was taken is noted in the journal's directory: whoever
 * follows the place there again goes on, so that each record is taken at least once. Used by one
 * thread.
 */
public final class Following implements AutoCloseable {
  private static final String NOTE = "received";

  private final StreamRecorder recorder;
  private final JournalReader reader;
  private final Path home;
  private JournalPosition at;
  private @Nullable JournalPosition reached;

  private Following(StreamRecorder recorder, Path home) {
    this.recorder = recorder;
    this.reader = recorder.reader();
    this.home = home;
    this.at = noted();
  }

  /**
   * Begins, or goes on. A recording is replayed without pauses.
   *
   * @param place as for {@link StreamRecorder#of}; credentials come from the environment
   * @param directory of the journal
   */
  public static Following of(String place, Path directory) {
    StreamRecorder recorder =
        StreamRecorder.of(PlaceUri.parse(place), directory, SourceOptions.fromEnvironment())
            .speed(Double.POSITIVE_INFINITY)
            .start();
    try {
      return new Following(recorder, directory);
    } catch (RuntimeException e) {
      recorder.close();
      throw e;
    }
  }

  /**
   * Returns the next block, the same one until it is {@linkplain #taken taken}.
   *
   * @param most how many entries at most
   * @return empty if nothing waits
   * @throws RuntimeException as that by which the recording ended
   */
  public List<SocialRecord> next(int most) {
    while (true) {
      JournalPosition end = reader.end();
      if (end.offset() == at.offset()) {
        RuntimeException failure = recorder.failure();
        if (failure != null) {
          throw failure;
        }
        return List.of();
      }
      List<SocialRecord> block = new ArrayList<>();
      try (JournalCursor cursor = reader.read(at, end)) {
        while (block.size() < most && cursor.hasNext()) {
          JournalEntry entry = cursor.next();
          if (entry.kind() == JournalEntry.Kind.RECORD) {
            block.add(RecordLine.parse(entry.payload()));
          }
        }
        reached = cursor.position();
      }
      if (!block.isEmpty()) {
        return block;
      }
      taken(); // nothing but events
    }
  }

  /** Notes durably that the block was taken. */
  public void taken() {
    JournalPosition to = reached;
    if (to == null) {
      return;
    }
    Path fresh = home.resolve(NOTE + ".new");
    String text = to.offset() + " " + to.segment() + " " + to.at();
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        int unused = file.write(bytes);
      }
      file.force(true);
      Path unused = Files.move(fresh, home.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreException("How far was taken cannot be noted in " + home + ": " + e, e);
    }
    at = to;
    reached = null;
  }

  private JournalPosition noted() {
    Path note = home.resolve(NOTE);
    try {
      if (!Files.exists(note)) {
        return reader.start();
      }
      List<Long> numbers = new ArrayList<>();
      for (String number : Files.readString(note).strip().split(" ", 3)) {
        numbers.add(Long.parseLong(number));
      }
      return new JournalPosition(numbers.get(0), numbers.get(1), numbers.get(2));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StoreException(
          note + " does not say how far was taken; remove it to take everything again", e);
    }
  }

  @Override
  public void close() {
    recorder.close();
  }
}
