package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.FileFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads archived answers of Meetup's REST API v2, which was switched off in 2022: groups, events,
 * members and RSVPs, within their envelope ({@code results} and {@code meta}), as a bare array, or
 * one a line. What an item is follows from its fields. An event brings its hosts as interactions.
 */
public final class MeetupV2Format implements FileFormat {

  /** Called by {@link java.util.ServiceLoader}. */
  public MeetupV2Format() {}

  @Override
  public String name() {
    return "meetup-v2";
  }

  @Override
  public boolean recognizes(List<String> fieldNames) {
    return MeetupV2Kind.of(fieldNames) != null;
  }

  @Override
  public String envelope() {
    return "results";
  }

  @Override
  public Reading read(String json, Provenance provenance) {
    JsonDocument document = JsonDocument.of(json);
    JsonNode item = document.root();
    if (!item.isObject()) {
      throw new IllegalArgumentException("is not a JSON object");
    }
    if (item.path("results").isArray()) {
      return all(document, provenance);
    }
    List<String> names = names(item);
    MeetupV2Kind kind = MeetupV2Kind.of(names);
    if (kind == null) {
      throw new IllegalArgumentException(
          "is neither a group, an event, a member nor an RSVP of Meetup's API v2");
    }
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      if (!kind.knows(name)) {
        unknown.add(kind.title() + '.' + name);
      }
    }
    return new Reading(records(kind, item, json, provenance), List.of(), unknown);
  }

  private static List<SocialRecord> records(
      MeetupV2Kind kind, JsonNode item, String json, Provenance provenance) {
    MeetupV2Records records = new MeetupV2Records(provenance);
    return switch (kind) {
      case GROUP -> List.of(records.group(item, json));
      case MEMBER -> List.of(records.member(item, json));
      case RSVP -> List.of(records.rsvp(item, json));
      case EVENT -> {
        Event event = records.event(item, json);
        List<SocialRecord> all = new ArrayList<>();
        all.add(event);
        all.addAll(new MeetupRecords(provenance).hosting(event));
        yield all;
      }
    };
  }

  /** Reads a whole answer that stands on one line. */
  private Reading all(JsonDocument document, Provenance provenance) {
    List<SocialRecord> records = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    List<RejectedPart> rejected = new ArrayList<>();
    for (JsonNode item : document.root().path("results")) {
      String raw = item.isObject() ? document.raw(item) : item.toString();
      try {
        Reading one = read(raw, provenance);
        records.addAll(one.records());
        unknown.addAll(one.unknownFields());
      } catch (IllegalArgumentException e) {
        rejected.add(new RejectedPart(String.valueOf(e.getMessage()), raw));
      }
    }
    return new Reading(records, List.of(), unknown, rejected);
  }

  private static List<String> names(JsonNode item) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> all = item.fieldNames(); all.hasNext(); ) {
      names.add(all.next());
    }
    return names;
  }
}
