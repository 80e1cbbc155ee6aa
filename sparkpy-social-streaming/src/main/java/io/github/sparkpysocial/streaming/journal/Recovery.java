package io.github.sparkpysocial.streaming.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a writer goes on with what it finds.
 *
 * @param end the position after the last entry that was committed
 * @param goesOn whether the segment of {@code end} is continued; otherwise another one begins
 * @param state the payload of the last state, or {@code null}
 * @param findings what was wrong, fit for messages
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Recovery(
    JournalPosition end, boolean goesOn, byte @Nullable [] state, List<String> findings) {

  static Recovery of(Path directory) throws IOException {
    List<Segment> segments = Segment.list(directory);
    JournalPosition told = DurableEnd.read(directory);
    if (segments.isEmpty()) {
      // all segments are gone: offsets that were given once are not given again
      long offset = told == null ? 0 : told.offset();
      List<String> findings =
          offset == 0 ? List.of() : List.of("its " + offset + " entries are gone");
      return new Recovery(Segment.at(directory, offset).start(), false, null, findings);
    }
    List<String> findings = new ArrayList<>();
    Segment last = segments.get(segments.size() - 1);
    Tail tail = Tail.of(last);
    JournalPosition end = tail.end();
    if (tail.damaged() > 0) {
      findings.add(tail.damaged() + " entries in " + last.file().getFileName() + " are damaged");
    }
    boolean lost = false;
    if (told != null && told.offset() > end.offset()) {
      lost = true;
      findings.add(
          "the entries from "
              + end.offset()
              + " up to "
              + (told.offset() - 1)
              + " were committed and cannot be read; "
              + last.file().getFileName()
              + " stays as it is");
      end = Segment.at(directory, told.offset()).start();
    } else if (tail.bytes() > end.at() || !tail.hasHeader()) {
      setAside(directory, last, tail, findings);
    }
    return new Recovery(
        end, !lost && tail.hasHeader(), state(segments, tail), List.copyOf(findings));
  }

  /** A commit was broken off: nobody was told that it succeeded. */
  private static void setAside(Path directory, Segment last, Tail tail, List<String> findings)
      throws IOException {
    long keep = tail.hasHeader() ? tail.end().at() : 0;
    Path aside = directory.resolve("torn-" + tail.end().offset());
    if (tail.bytes() > keep) {
      try (FileChannel channel = FileChannel.open(last.file(), StandardOpenOption.READ);
          InputStream rest = Channels.newInputStream(channel.position(keep))) {
        Files.copy(rest, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      findings.add(
          (tail.bytes() - keep)
              + " bytes at the end of "
              + last.file().getFileName()
              + " were written by halves and never committed; they are set aside in "
              + aside.getFileName());
    }
    try (FileChannel channel = FileChannel.open(last.file(), StandardOpenOption.WRITE)) {
      channel.truncate(keep).force(true);
    }
  }

  private static byte @Nullable [] state(List<Segment> segments, Tail tail) throws IOException {
    JournalEntry state = tail.state();
    for (int i = segments.size() - 2; i >= 0 && state == null; i--) {
      state = Tail.of(segments.get(i)).state();
    }
    return state == null ? null : state.payload();
  }
}
