package io.github.sparkpysocial.live;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link LiveStream} brings, in order. All times are of the local clock. */
public sealed interface LiveEvent {

  /**
   * Records came.
   *
   * @param records those that this stream has not brought before, and those that changed; empty if
   *     a message brought nothing but a mark or something that could not be read
   * @param resumeAt the mark to go on after them, or {@code null} if there is none
   * @param at when they came
   * @param filled whether they were missed and come from the listing that fills a hole
   * @param rejected items that could not be read, with their raw text
   * @param unknownFields fields that the client does not know, with how often each was met
   */
  record Records(
      List<SocialRecord> records,
      @Nullable String resumeAt,
      Instant at,
      boolean filled,
      List<Rejected> rejected,
      Map<String, Long> unknownFields)
      implements LiveEvent {
    public Records {
      records = List.copyOf(records);
      Objects.requireNonNull(at, "at");
      rejected = List.copyOf(rejected);
      unknownFields = Map.copyOf(unknownFields);
    }
  }

  /**
   * The stream is connected.
   *
   * @param at since when
   * @param resumedAt the mark after which it goes on, so that nothing is missed; {@code null} if it
   *     begins now
   */
  record Connected(Instant at, @Nullable String resumedAt) implements LiveEvent {}

  /**
   * The stream is no longer connected; it connects again by itself.
   *
   * @param at since when
   * @param reason why, fit for a message
   */
  record Disconnected(Instant at, String reason) implements LiveEvent {}

  /**
   * Something may have been missed. What comes after this event is after the hole.
   *
   * @param hole when and why
   */
  record HoleOpened(Hole hole) implements LiveEvent {}

  /**
   * What was missed has been brought, all of it, by the events before this one.
   *
   * @param hole the hole of the {@link HoleOpened} before
   * @param found how many items its listing had, those that were known included
   */
  record HoleFilled(Hole hole, long found) implements LiveEvent {}

  /**
   * What was missed was not brought, or not all of it; the hole stays.
   *
   * @param hole the hole of the {@link HoleOpened} before
   * @param reason why, fit for a message
   */
  record HoleKept(Hole hole, String reason) implements LiveEvent {}

  /**
   * The server said something; the stream goes on, or connects again by itself.
   *
   * @param text what it said, fit for a message
   */
  record Notice(String text) implements LiveEvent {}
}
