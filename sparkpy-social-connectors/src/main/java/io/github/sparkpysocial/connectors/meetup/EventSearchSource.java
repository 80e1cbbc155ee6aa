package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** Events of any group around a point, each with who hosts it, the first to start first. */
final class EventSearchSource extends MeetupSource {
  private final SearchArea area;

  EventSearchSource(PlaceUri uri, SourceOptions options, MeetupApi api, SearchArea area) {
    super(uri, options, api, MeetupQuery.EVENT_SEARCH);
    this.area = area;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.EVENT;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    MeetupAnswer answer =
        api.ask(
            MeetupQuery.EVENT_SEARCH,
            area.variables(MeetupQuery.EVENT_SEARCH.pageSize(), request.cursor()));
    JsonNode events = answer.connection(answer.data(), "eventSearch");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    answer.eachNode(
        events,
        page,
        (item, raw) -> {
          Event event = records.event(item, raw, item.path("group"));
          page.add(event);
          records.hosting(event).forEach(page::add);
        });
    return page.build(null, null, MeetupAnswer.next(events, request.cursor()));
  }
}
