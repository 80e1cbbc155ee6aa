package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** Who belongs to a group, since when and as what, with the accounts of the members. */
final class MembersSource extends GroupListing {

  MembersSource(PlaceUri uri, SourceOptions options, MeetupApi api, String urlname) {
    super(uri, options, api, MeetupQuery.MEMBERS, urlname);
  }

  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    MeetupAnswer answer =
        api.ask(
            MeetupQuery.MEMBERS,
            variables()
                .put("first", MeetupQuery.MEMBERS.pageSize())
                .put("after", request.cursor()));
    JsonNode group = group(answer);
    JsonNode memberships = answer.connection(group, "memberships");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    answer.eachEdge(
        memberships,
        page,
        (edge, raw) -> {
          JsonNode member = edge.path("node");
          page.add(records.membership(edge, raw, member, group));
          page.add(records.member(member, answer.document().raw(member)));
        });
    return page.build(null, null, MeetupAnswer.next(memberships, request.cursor()));
  }
}
