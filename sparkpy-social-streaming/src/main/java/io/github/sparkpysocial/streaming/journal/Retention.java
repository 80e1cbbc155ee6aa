package io.github.sparkpysocial.streaming.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the oldest segments go. */
final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private Retention() {}

  /** Deletes whole segments, oldest first, until the rest is small and young enough. */
  static void apply(java.nio.file.Path directory, JournalOptions options) throws IOException {
    List<Segment> segments = Segment.list(directory);
    long total = 0;
    for (Segment segment : segments) {
      total += Files.size(segment.file());
    }
    Duration keepFor = options.keepFor();
    Instant oldest = keepFor == null ? Instant.MIN : options.clock().instant().minus(keepFor);
    for (Segment segment : segments.subList(0, segments.size() - 1)) {
      boolean old = Files.getLastModifiedTime(segment.file()).toInstant().isBefore(oldest);
      if (total <= options.keepBytes() && !old) {
        return;
      }
      total -= Files.size(segment.file());
      Files.delete(segment.file());
      log.info("{} went, as the journal keeps no more", segment.file());
    }
  }
}
