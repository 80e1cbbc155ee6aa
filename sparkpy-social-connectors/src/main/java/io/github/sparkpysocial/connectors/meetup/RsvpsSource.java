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
final class RsvpsSource extends GroupListing {
  private final EventSelection selection;

  RsvpsSource(
      PlaceUri uri,
      SourceOptions options,
      MeetupApi api,
      String urlname,
      EventSelection selection) {
    super(uri, options, api, MeetupQuery.RSVPS, urlname);
    this.selection = selection;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  int itemsPerRequest() {
    return MeetupQuery.ANSWERS;
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
        variables()
            .put("first", MeetupQuery.RSVPS.pageSize())
            .put("after", state.events())
            .put("answers", MeetupQuery.ANSWERS);
    selection.into(variables);
    MeetupAnswer answer = api.ask(MeetupQuery.RSVPS, variables);
    JsonNode events = answer.connection(group(answer), "events");
    PageBuilder page = newPage(answer);
    List<Unfinished> unfinished = new ArrayList<>();
    answer.eachNode(
        events,
        page,
        (event, raw) -> {
          String next = read(page, answer, event, null);
          if (next != null) {
            unfinished.add(new Unfinished(Json.required(event, "id"), next));
          }
        });
    String next = MeetupAnswer.next(events, state.events());
    return page.build(null, null, new State(unfinished, next, next != null).cursor());
  }

  private Page moreAnswers(State state) throws InterruptedException {
    Unfinished first = state.unfinished().get(0);
    MeetupAnswer answer =
        api.ask(
            MeetupQuery.EVENT_RSVPS,
            MeetupApi.variables()
                .put("id", first.event())
                .put("answers", MeetupQuery.ANSWERS)
                .put("after", first.cursor()));
    PageBuilder page = newPage(answer);
    List<Unfinished> unfinished = new ArrayList<>(state.unfinished());
    unfinished.remove(0);
    JsonNode event = Json.field(answer.data(), "event");
    if (event != null) { // it may have been deleted in between
      String next = read(page, answer, event, first.cursor());
      if (next != null) {
        unfinished.add(0, new Unfinished(first.event(), next));
      }
    }
    return page.build(
        null, null, new State(unfinished, state.events(), state.moreEvents()).cursor());
  }

  /** Reads the answers to an event; returns the cursor of more of them, or {@code null}. */
  private @Nullable String read(
      PageBuilder page, MeetupAnswer answer, JsonNode event, @Nullable String before) {
    JsonNode rsvps = event.path("rsvps");
    if (!rsvps.path("edges").isArray()) {
      throw new IllegalArgumentException("Meetup left out who answered, which may be private");
    }
    MeetupRecords records = new MeetupRecords(provenance());
    answer.eachNode(rsvps, page, (item, raw) -> page.add(records.rsvp(item, raw, event)));
    return MeetupAnswer.next(rsvps, before);
  }
}
