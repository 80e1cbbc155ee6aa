package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** The events of a group, each with who hosts it. */
final class EventsSource extends GroupListing {
  private final EventSelection selection;

  EventsSource(
      PlaceUri uri,
      SourceOptions options,
      MeetupApi api,
      String urlname,
      EventSelection selection) {
    super(uri, options, api, MeetupQuery.EVENTS, urlname);
    this.selection = selection;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.EVENT;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    ObjectNode variables =
        variables().put("first", MeetupQuery.EVENTS.pageSize()).put("after", request.cursor());
    selection.into(variables);
    MeetupAnswer answer = api.ask(MeetupQuery.EVENTS, variables);
    JsonNode group = group(answer);
    JsonNode events = answer.connection(group, "events");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    answer.eachNode(
        events,
        page,
        (item, raw) -> {
          Event event = records.event(item, raw, group);
          page.add(event);
          records.hosting(event).forEach(page::add);
        });
    return page.build(null, null, MeetupAnswer.next(events, request.cursor()));
  }
}
