package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** Groups around a point. */
final class GroupSearchSource extends MeetupSource {
  private final SearchArea area;

  GroupSearchSource(PlaceUri uri, SourceOptions options, MeetupApi api, SearchArea area) {
    super(uri, options, api, MeetupQuery.GROUP_SEARCH);
    this.area = area;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.GROUP;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    ObjectNode variables = area.variables(MeetupQuery.GROUP_SEARCH.pageSize(), request.cursor());
    MeetupAnswer answer = api.ask(MeetupQuery.GROUP_SEARCH, variables);
    JsonNode groups = answer.connection(answer.data(), "groupSearch");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    answer.eachNode(groups, page, (item, raw) -> page.add(records.group(item, raw)));
    return page.build(null, null, MeetupAnswer.next(groups, request.cursor()));
  }
}
