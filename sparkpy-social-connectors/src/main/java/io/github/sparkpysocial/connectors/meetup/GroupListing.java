package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.place.PlaceUri;

/** A listing of one group. */
abstract class GroupListing extends MeetupSource {
  private final String urlname;

  GroupListing(
      PlaceUri uri, SourceOptions options, MeetupApi api, MeetupQuery query, String urlname) {
    super(uri, options, api, query);
    this.urlname = urlname;
  }

  final ObjectNode variables() {
    return MeetupApi.variables().put("urlname", urlname);
  }

  /** Returns the group of an answer. A group that is not there is null, without an error. */
  final JsonNode group(MeetupAnswer answer) {
    JsonNode group = Json.field(answer.data(), "groupByUrlname");
    if (group == null) {
      throw new InvalidQueryException(
          "Meetup has no group '"
              + urlname
              + "', or it is private; its name is what follows meetup.com/ in its address");
    }
    return group;
  }
}
