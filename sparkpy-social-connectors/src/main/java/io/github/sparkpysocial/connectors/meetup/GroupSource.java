package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** One group. */
final class GroupSource extends GroupListing {

  GroupSource(PlaceUri uri, SourceOptions options, MeetupApi api, String urlname) {
    super(uri, options, api, MeetupQuery.GROUP, urlname);
  }

  @Override
  public RecordKind kind() {
    return RecordKind.GROUP;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    MeetupAnswer answer = api.ask(MeetupQuery.GROUP, variables());
    JsonNode group = group(answer);
    PageBuilder page = newPage(answer);
    page.one(group, (item, raw) -> page.add(new MeetupRecords(provenance()).group(item, raw)));
    return page.build(null, null, null);
  }
}
