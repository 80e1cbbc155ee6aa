package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is at a place, told by one pass over it before Spark is started: whether it can be read at
 * all, how many records of each kind it has, and what must be set aside.
 *
 * @param counts how many records of each kind, without kinds that do not occur
 * @param duplicates how many items repeated a record
 */
record Intake(Map<RecordKind, Long> counts, long duplicates) {

  /**
   * Reads a place through, in constant memory.
   *
   * @throws Failure if it is a network, which is to be harvested first, or holds no records
   */
  static Intake of(PlaceUri place, StoreOptions options, Console console) {
    requireStore(place);
    Map<RecordKind, Long> counts = new EnumMap<>(RecordKind.class);
    try (RecordStore store = Places.openStore(place, options);
        RecordCursor records = store.readAll()) {
      long read = 0;
      while (records.hasNext()) {
        SocialRecord record = records.next();
        counts.merge(record.recordKind(), 1L, Long::sum);
        if (++read % 1_000 == 0) {
          long soFar = read;
          console.progress(
              () -> String.format(Locale.ROOT, "reading %s: %,d records", place, soFar));
        }
      }
      console.clearProgress();
      return new Intake(counts, records.duplicates());
    }
  }

  /** Refuses networks, which cannot be read at will, and directories. */
  static void requireStore(PlaceUri place) {
    if (Places.isSource(place)) {
      throw Failure.usage(
          place
              + " is a listing of a network; harvest it first: sparkpy harvest '"
              + place
              + "' harvest.jsonl",
          null);
    }
    if (place.isFile() && Files.isDirectory(Path.of(place.location()))) {
      throw Failure.failed(
          place + " is a directory; name a file in it, or several as '" + place + "/*.jsonl'",
          null);
    }
  }

  long count(RecordKind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Returns the number of posts, or fails where there is none. */
  long requirePosts(PlaceUri place, long quarantined) {
    long posts = count(RecordKind.POST);
    if (posts == 0) {
      throw Failure.failed(
          counts.isEmpty()
              ? nothingIn(place, quarantined)
              : place + " holds no posts, only " + String.join(", ", kinds()),
          null);
    }
    return posts;
  }

  /** Says that a place holds no records, and why. */
  static String nothingIn(PlaceUri place, long quarantined) {
    return quarantined > 0
        ? place
            + " holds nothing that can be read: all "
            + quarantined
            + " items were set aside; the quarantine file says why"
        : place + " holds no records; it is empty";
  }

  private List<String> kinds() {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " of kind " + entry.getKey().wireName())
        .toList();
  }
}
