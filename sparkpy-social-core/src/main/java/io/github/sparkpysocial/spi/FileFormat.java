package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of raw answers that another tool has saved, such as tweets of the X API v1.1, one
 * JSON object at a time. Thread-safe.
 */
public interface FileFormat {

  /**
   * What one JSON object held. An object that holds nothing at all, neither a record nor a notice,
   * is an error to be thrown.
   *
   * @param records the records, in order
   * @param notices the kinds of messages in it that are no records, such as {@code limit} or {@code
   *     scrub_geo}; they are counted
   * @param unknownFields the names of fields that the format does not know; they are counted, and
   *     survive in the raw JSON
   * @param rejected parts of it that cannot be read, while others can, such as one item of an
   *     envelope; they are set aside
   */
  record Reading(
      List<SocialRecord> records,
      List<String> notices,
      List<String> unknownFields,
      List<RejectedPart> rejected) {
    public Reading {
      records = List.copyOf(records);
      notices = List.copyOf(notices);
      unknownFields = List.copyOf(unknownFields);
      rejected = List.copyOf(rejected);
    }

    /** Makes a reading in which nothing was rejected. */
    public Reading(List<SocialRecord> records, List<String> notices, List<String> unknownFields) {
      this(records, notices, unknownFields, List.of());
    }

    /** Returns a reading of these records and nothing else. */
    public static Reading of(List<? extends SocialRecord> records) {
      return new Reading(List.copyOf(records), List.of(), List.of());
    }

    /** Returns a reading of a message that is no record. */
    public static Reading notice(String kind) {
      return new Reading(List.of(), List.of(kind), List.of());
    }
  }

  /**
   * A part of an object that cannot be read.
   *
   * @param reason what is wrong, without the content
   * @param raw the part as JSON
   */
  record RejectedPart(String reason, String raw) {
    public RejectedPart {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(raw, "raw");
    }
  }

  /**
   * Returns the name used in {@code ;format=NAME}, such as {@code x-v1}. Unique among all formats.
   */
  String name();

  /**
   * Returns whether a file looks like this format.
   *
   * @param fieldNames the names of the first JSON object's fields, at most the first 64, in order
   */
  boolean recognizes(List<String> fieldNames);

  /**
   * Returns the name of the array that holds the items, when the file is one JSON object around
   * them, such as {@code statuses}: they are then read one by one, however long the array is.
   * {@code null} if objects are items themselves, or if an item cannot be understood without the
   * rest of its envelope.
   */
  default @Nullable String envelope() {
    return null;
  }

  /**
   * Reads one JSON object.
   *
   * @param json the object, well-formed
   * @param provenance to give to each record
   * @throws IllegalArgumentException if it cannot be read; the message names the field and holds no
   *     content
   */
  Reading read(String json, Provenance provenance);
}
