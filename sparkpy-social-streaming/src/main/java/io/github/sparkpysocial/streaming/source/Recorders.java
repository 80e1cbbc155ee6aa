package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The recorders of this process; queries that name one journal share one. */
final class Recorders {
  private static final Map<Path, Shared> RUNNING = new HashMap<>();

  private Recorders() {}

  /** Returns the recorder of a journal, started if it does not run. */
  static Shared of(PlaceUri place, Path directory, StreamOptions options) {
    Path key = directory.toAbsolutePath().normalize();
    synchronized (RUNNING) {
      Shared running = RUNNING.get(key);
      if (running == null) {
        running = new Shared(key, place, start(place, key, options));
        RUNNING.put(key, running);
      } else if (!running.place.equals(place)) {
        throw new IllegalArgumentException(
            "The journal " + key + " is written from " + running.place + ", not from " + place);
      }
      running.users++;
      return running;
    }
  }

  private static StreamRecorder start(PlaceUri place, Path directory, StreamOptions options) {
    return StreamRecorder.of(place, directory, SourceOptions.fromEnvironment())
        .every(options.every())
        .speed(options.speed())
        .options(options.journalOptions())
        .start();
  }

  /** A recorder and how many use it. */
  static final class Shared {
    private final Path directory;
    private final PlaceUri place;
    private final StreamRecorder recorder;
    private int users;

    private Shared(Path directory, PlaceUri place, StreamRecorder recorder) {
      this.directory = directory;
      this.place = place;
      this.recorder = recorder;
    }

    JournalReader reader() {
      return recorder.reader();
    }

    RecorderStatus status() {
      return recorder.status();
    }

    /** Fails as the recorder did, if it did. */
    void check() {
      RuntimeException failure = recorder.failure();
      if (failure != null) {
        throw failure;
      }
    }

    /** Ends the recorder with its last user. */
    void release() {
      synchronized (RUNNING) {
        users--;
        if (users == 0) {
          RUNNING.remove(directory);
          recorder.close();
        }
      }
    }
  }
}
