package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answered the invitations to a group's events. A page holds the first answers of some events;
 * events with more answers are finished before the next events are asked for, and the cursor names
 * those that are not, so that a listing can go on at any point of both levels.
 */
final class RsvpsSource extends MeetupSource {
  private static final int EVENTS = 10;
  private static final int ANSWERS = 100;

  /** The events and the answers to each. */
  static final int POINTS = 1 + EVENTS;

  private static final String FIRST_ANSWERS = MeetupApi.query("rsvps");
  private static final String MORE_ANSWERS = MeetupApi.query("event-rsvps");

  private final EventStatuses statuses;

  RsvpsSource(
      PlaceUri uri, SourceOptions options, MeetupApi api, String urlname, EventStatuses statuses) {
    super(uri, options, api, urlname, POINTS);
    this.statuses = statuses;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  int pageSize() {
    return ANSWERS;
  }

  /** An event whose answers are read in part. */
  private record Unfinished(String event, String cursor) {}

  /**
   * How far both levels are.
   *
   * @param unfinished the events whose answers are not all read
   * @param events the cursor of the next events
   * @param moreEvents whether there are any
   */
  private record State(List<Unfinished> unfinished, @Nullable String events, boolean moreEvents) {

    static State of(@Nullable String cursor) {
      if (cursor == null) {
        return new State(List.of(), null, true);
      }
      try {
        JsonNode json = JsonDocument.of(cursor).root();
        List<Unfinished> unfinished = new ArrayList<>();
        for (JsonNode one : json.path("unfinished")) {
          unfinished.add(new Unfinished(Json.required(one, "event"), Json.required(one, "cursor")));
        }
        return new State(
            unfinished, Json.text(json, "events"), json.path("moreEvents").asBoolean(false));
      } catch (IllegalArgumentException e) {
        throw new StaleCursorException("The cursor is not one of a listing of RSVPs", e);
      }
    }

    @Nullable String cursor() {
      if (unfinished.isEmpty() && !moreEvents) {
        return null;
      }
      ObjectNode json = MeetupApi.variables();
      var list = json.putArray("unfinished");
      unfinished.forEach(
          one -> list.addObject().put("event", one.event()).put("cursor", one.cursor()));
      json.put("events", events);
      json.put("moreEvents", moreEvents);
      return json.toString();
    }
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    State state = State.of(request.cursor());
    return state.unfinished().isEmpty() ? firstAnswers(state) : moreAnswers(state);
  }

  private Page firstAnswers(State state) throws InterruptedException {
    ObjectNode variables =
        variables().put("first", EVENTS).put("after", state.events()).put("answers", ANSWERS);
    statuses.into(variables);
    JsonDocument answer = api.ask(FIRST_ANSWERS, variables);
    JsonNode events = group(answer).path("events");
    PageBuilder page = newPage(answer);
    List<Unfinished> unfinished = new ArrayList<>();
    for (JsonNode edge : events.path("edges")) {
      JsonNode event = edge.path("node");
      read(page, event);
      String next = next(event.path("rsvps"), null);
      if (next != null) {
        unfinished.add(new Unfinished(Json.required(event, "id"), next));
      }
    }
    String next = next(events, state.events());
    return page.build(null, null, new State(unfinished, next, next != null).cursor());
  }

  private Page moreAnswers(State state) throws InterruptedException {
    Unfinished first = state.unfinished().get(0);
    JsonDocument answer =
        api.ask(
            MORE_ANSWERS,
            MeetupApi.variables()
                .put("id", first.event())
                .put("answers", ANSWERS)
                .put("after", first.cursor()));
    PageBuilder page = newPage(answer);
    List<Unfinished> unfinished = new ArrayList<>(state.unfinished());
    unfinished.remove(0);
    JsonNode event = Json.field(answer.root().path("data"), "event");
    if (event != null) { // it may have been deleted in between
      read(page, event);
      String next = next(event.path("rsvps"), first.cursor());
      if (next != null) {
        unfinished.add(0, new Unfinished(first.event(), next));
      }
    }
    return page.build(
        null, null, new State(unfinished, state.events(), state.moreEvents()).cursor());
  }

  private void read(PageBuilder page, JsonNode event) {
    MeetupRecords records = new MeetupRecords(provenance());
    for (JsonNode edge : event.path("rsvps").path("edges")) {
      page.one(edge.path("node"), (item, raw) -> page.add(records.rsvp(item, raw, event)));
    }
  }
}
