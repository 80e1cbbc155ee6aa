package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.RecordCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of a cursor, read by a thread of its own while the caller works on those before. What
 * waits is bounded in number and size. Used by one thread; the cursor belongs to the other.
 */
final class ReadAhead implements Iterator<SocialRecord>, AutoCloseable {
  private static final int RECORDS_A_CHUNK = 256;
  private static final long CHARACTERS_A_CHUNK = 1 << 20;
  private static final int CHUNKS = 4;

  /** What a record without raw JSON is taken for, in characters. */
  private static final int SMALL_RECORD = 512;

  private final Thread thread;
  private Iterator<SocialRecord> chunk = List.<SocialRecord>of().iterator();
  private long given;

  /** Guards what follows. */
  private final Object lock = new Object();

  private final Deque<List<SocialRecord>> waiting = new ArrayDeque<>();
  private boolean ended;
  private boolean stopped;
  private @Nullable Throwable failure;
  private double fraction = Double.NaN;
  private Map<String, Long> unknownFields = Map.of();
  private Map<String, Long> notices = Map.of();

  /**
   * Begins to read.
   *
   * @param cursor closed by the thread that reads it
   */
  ReadAhead(RecordCursor cursor) {
    thread = new Thread(() -> read(cursor), "sparkpy-transfer-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(RecordCursor cursor) {
    Throwable failed = null;
    try (cursor) {
      boolean wanted = true;
      while (wanted && cursor.hasNext()) {
        List<SocialRecord> records = new ArrayList<>(RECORDS_A_CHUNK);
        try {
          fill(records, cursor);
        } finally { // what came before a failure is handed over, too
          wanted = handOver(records, cursor.fraction());
        }
      }
      synchronized (lock) {
        unknownFields = new TreeMap<>(cursor.unknownFields());
        notices = new TreeMap<>(cursor.notices());
      }
    } catch (RuntimeException | Error e) {
      failed = e;
    } finally {
      synchronized (lock) {
        failure = failed;
        ended = true;
        lock.notifyAll();
      }
    }
  }

  private static void fill(List<SocialRecord> records, RecordCursor cursor) {
    long characters = 0;
    while (records.size() < RECORDS_A_CHUNK
        && characters < CHARACTERS_A_CHUNK
        && cursor.hasNext()) {
      SocialRecord record = cursor.next();
      String raw = record.raw();
      characters += raw == null ? SMALL_RECORD : raw.length();
      records.add(record);
    }
  }

  /** Waits for room; returns whether more is wanted. */
  private boolean handOver(List<SocialRecord> records, double read) {
    synchronized (lock) {
      while (waiting.size() == CHUNKS && !stopped) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          return false; // nobody has this thread but the one who closes this
        }
      }
      waiting.add(records);
      fraction = read;
      lock.notifyAll();
      return !stopped;
    }
  }

  @Override
  public boolean hasNext() {
    while (!chunk.hasNext()) {
      synchronized (lock) {
        awaitMore();
        List<SocialRecord> next = waiting.poll();
        lock.notifyAll();
        if (next != null) {
          chunk = next.iterator();
        } else if (failure != null) {
          throw failed(failure);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  private void awaitMore() {
    synchronized (lock) {
      while (waiting.isEmpty() && !ended) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new StoreException("The transfer was interrupted; run it again to go on", e);
        }
      }
    }
  }

  private static RuntimeException failed(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  @Override
  public SocialRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All records were read");
    }
    given++;
    return chunk.next();
  }

  /** Returns how many records were given to the caller. */
  long given() {
    return given;
  }

  /** Returns how much of the place was read, or NaN if that is unknown. */
  double fraction() {
    synchronized (lock) {
      return fraction;
    }
  }

  /** Returns the fields that the schema does not know, once all is read. */
  Map<String, Long> unknownFields() {
    synchronized (lock) {
      return unknownFields;
    }
  }

  /** Returns what was neither a record nor broken, once all is read. */
  Map<String, Long> notices() {
    synchronized (lock) {
      return notices;
    }
  }

  /** Stops reading and waits until the cursor is closed. */
  @Override
  public void close() {
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
