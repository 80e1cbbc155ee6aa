package io.github.sparkpysocial.live;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a frame means.
 *
 * @param kind what to do with it
 * @param records what it brought; of a deletion a tombstone
 * @param resumeAt the mark to go on after it on a later connection, or {@code null} if the network
 *     has none
 * @param text what the server said in a notice or on ending the stream, fit for a message; else
 *     {@code null}
 * @param rejected items that could not be read, with their raw text
 * @param unknownFields fields that the client does not know, with how often each was met
 */
public record LiveMessage(
    Kind kind,
    List<SocialRecord> records,
    @Nullable String resumeAt,
    @Nullable String text,
    List<Rejected> rejected,
    Map<String, Long> unknownFields) {

  /** What to do with a message. */
  public enum Kind {
    /** It brought records, or something that could not be read. */
    RECORDS,
    /** The server tells something, such as that the reader falls behind; the stream goes on. */
    NOTICE,
    /** The server did not deliver some posts; there is a hole. */
    LOSS,
    /** The server is about to end the stream, or failed within it: connect again. */
    RECONNECT
  }

  public LiveMessage {
    Objects.requireNonNull(kind, "kind");
    records = List.copyOf(records);
    rejected = List.copyOf(rejected);
    unknownFields = Map.copyOf(unknownFields);
  }

  /** Returns a message that brought records. */
  public static LiveMessage of(List<? extends SocialRecord> records, @Nullable String resumeAt) {
    return new LiveMessage(Kind.RECORDS, List.copyOf(records), resumeAt, null, List.of(), Map.of());
  }

  /** Returns a message that brought something that could not be read. */
  public static LiveMessage rejected(Rejected item) {
    return new LiveMessage(Kind.RECORDS, List.of(), null, null, List.of(item), Map.of());
  }

  /** Returns a message of another kind, with what the server said. */
  public static LiveMessage of(Kind kind, String text) {
    return new LiveMessage(kind, List.of(), null, text, List.of(), Map.of());
  }
}
