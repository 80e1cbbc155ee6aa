package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.StoreException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of all alerts, a line of JSON each, in the order they were found. An alert is there
 * once: ids that the file has are not added again. What was added is on the disk when {@link #add}
 * returns; half a line that a killed process left is cut off. Used by one thread.
 */
final class AlertFile {
  private static final int KNOWN_IDS = 200_000;

  private final Path file;
  private @Nullable Set<String> known;

  AlertFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  Path path() {
    return file;
  }

  /**
   * Adds the alerts that are not there.
   *
   * @throws StoreException if the file cannot be read or written; what was added before is kept
   */
  void add(List<Alert> alerts) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Set<String> ids = known == null ? ids(channel) : known;
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      Set<String> added = new HashSet<>();
      for (Alert alert : alerts) {
        if (!ids.contains(alert.id()) && added.add(alert.id())) {
          lines.writeBytes(AlertJson.line(alert));
        }
      }
      write(channel, ByteBuffer.wrap(lines.toByteArray()));
      ids.addAll(added);
      known = ids;
    } catch (IOException e) {
      known = null; // what was written of it is not known
      throw new StoreException("The file of alerts " + file + " cannot be written: " + e, e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer lines) throws IOException {
    if (lines.hasRemaining()) {
      long end = channel.size();
      while (lines.hasRemaining()) {
        end += channel.write(lines, end);
      }
      channel.force(true);
    }
  }

  private Set<String> ids(FileChannel channel) throws IOException {
    Set<String> ids = Collections.newSetFromMap(new Newest());
    long sound = 0;
    byte[] line;
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
    while ((line = line(in)) != null) {
      sound += line.length;
      try {
        boolean unused = ids.add(AlertJson.id(line));
      } catch (IOException e) {
        throw new IOException("what ends at byte " + sound + " is no alert", e);
      }
    }
    if (channel.size() > sound) {
      channel.truncate(sound);
      channel.force(true);
    }
    return ids;
  }

  /** Returns the next whole line with its end, or {@code null} if there is none. */
  private static byte @Nullable [] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) >= 0) {
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
    }
    return null;
  }

  /** Forgets the oldest when there are too many. */
  private static final class Newest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > KNOWN_IDS;
    }
  }

  /** Takes the alerts after a place in the file. */
  interface Taker {
    /**
     * Takes an alert.
     *
     * @param end the place after it
     * @return whether to go on
     */
    boolean take(Alert alert, long end) throws InterruptedException;
  }

  /**
   * Reads the alerts after a place.
   *
   * @return whether all were taken
   * @throws StoreException if the file cannot be read
   */
  boolean readFrom(long place, Taker taker) throws InterruptedException {
    if (!Files.exists(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(place)));
      long at = place;
      byte[] line;
      while ((line = line(in)) != null) {
        at += line.length;
        if (!taker.take(AlertJson.read(line), at)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new StoreException("The file of alerts " + file + " cannot be read: " + e, e);
    }
  }
}
