package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** The events of a group, each with who hosts it. */
final class EventsSource extends MeetupSource {
  private static final int PAGE = 30;

  /** The events and, to count who comes, the answers to each. */
  static final int POINTS = 1 + PAGE;

  private static final String QUERY = MeetupApi.query("events");

  private final EventStatuses statuses;

  EventsSource(
      PlaceUri uri, SourceOptions options, MeetupApi api, String urlname, EventStatuses statuses) {
    super(uri, options, api, urlname, POINTS);
    this.statuses = statuses;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.EVENT;
  }

  @Override
  int pageSize() {
    return PAGE;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    ObjectNode variables = variables().put("first", PAGE).put("after", request.cursor());
    statuses.into(variables);
    JsonDocument answer = api.ask(QUERY, variables);
    JsonNode group = group(answer);
    JsonNode events = group.path("events");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    for (JsonNode edge : events.path("edges")) {
      page.one(
          edge.path("node"),
          (item, raw) -> {
            Event event = records.event(item, raw, group);
            page.add(event);
            records.hosting(event).forEach(page::add);
          });
    }
    return page.build(null, null, next(events, request.cursor()));
  }
}
