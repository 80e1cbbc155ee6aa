package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;

/**
 * The groups that a member belongs to, with the memberships: those of the owner of the token, or of
 * a member of a group, since Meetup's schema has no other way to a member.
 */
final class MemberGroupsSource extends MeetupSource {
  private final @Nullable String urlname;
  private final @Nullable String member;

  /** Makes the listing of the owner of the token. */
  MemberGroupsSource(PlaceUri uri, SourceOptions options, MeetupApi api) {
    super(uri, options, api, MeetupQuery.OWN_GROUPS);
    this.urlname = null;
    this.member = null;
  }

  /** Makes the listing of a member of a group. */
  MemberGroupsSource(
      PlaceUri uri, SourceOptions options, MeetupApi api, String urlname, String member) {
    super(uri, options, api, MeetupQuery.MEMBER_GROUPS);
    this.urlname = urlname;
    this.member = member;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.GROUP;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    ObjectNode variables =
        MeetupApi.variables()
            .put("first", MeetupQuery.OWN_GROUPS.pageSize())
            .put("after", request.cursor());
    MeetupAnswer answer;
    JsonNode who;
    if (member == null) {
      answer = api.ask(MeetupQuery.OWN_GROUPS, variables);
      who = Json.field(answer.data(), "self");
    } else {
      variables.put("urlname", urlname).putArray("member").add(Long.parseLong(member));
      answer = api.ask(MeetupQuery.MEMBER_GROUPS, variables);
      JsonNode edges = answer.data().path("groupByUrlname").path("memberships").path("edges");
      who = edges.isEmpty() ? null : Json.field(edges.get(0), "node");
    }
    if (who == null) {
      throw new InvalidQueryException(
          member == null
              ? "Meetup does not tell who the owner of the token is"
              : "Meetup has no group '" + urlname + "', or no member " + member + " in it");
    }
    return page(request, answer, who);
  }

  private Page page(PageRequest request, MeetupAnswer answer, JsonNode who) {
    JsonNode memberships = answer.connection(who, "memberships");
    MeetupRecords records = new MeetupRecords(provenance());
    PageBuilder page = newPage(answer);
    answer.eachEdge(
        memberships,
        page,
        (edge, raw) -> {
          JsonNode group = edge.path("node");
          page.add(records.group(group, answer.document().raw(group)));
          page.add(records.membership(edge, raw, who, group));
        });
    return page.build(null, null, MeetupAnswer.next(memberships, request.cursor()));
  }
}
