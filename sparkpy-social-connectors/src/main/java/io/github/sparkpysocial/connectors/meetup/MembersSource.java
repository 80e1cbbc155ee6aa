package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;

/** Who belongs to a group, since when and as what, with the accounts of the members. */
final class MembersSource extends MeetupSource {
  private static final int PAGE = 100;
  static final int POINTS = 1;
  private static final String QUERY = MeetupApi.query("members");

  MembersSource(PlaceUri uri, SourceOptions options, MeetupApi api, String urlname) {
    super(uri, options, api, urlname, POINTS);
  }

  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  int pageSize() {
    return PAGE;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    JsonDocument answer =
        api.ask(QUERY, variables().put("first", PAGE).put("after", request.cursor()));
    JsonNode group = group(answer);
    JsonNode memberships = group.path("memberships");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    page.each(
        memberships.path("edges"),
        (edge, raw) -> {
          page.add(records.membership(edge, raw, group));
          JsonNode member = edge.path("node");
          page.add(records.member(member, answer.raw(member)));
        });
    return page.build(null, null, next(memberships, request.cursor()));
  }
}
