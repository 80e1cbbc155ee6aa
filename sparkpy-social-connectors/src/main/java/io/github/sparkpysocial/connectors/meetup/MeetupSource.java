package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listing of one group. Meetup promises no order, so the whole is read each time. */
abstract class MeetupSource extends NetworkSource {
  final MeetupApi api;
  final String urlname;
  private final int points;

  MeetupSource(PlaceUri uri, SourceOptions options, MeetupApi api, String urlname, int points) {
    super(uri, Network.MEETUP, options.clock(), api.http());
    this.api = api;
    this.urlname = urlname;
    this.points = points;
  }

  /** Returns how many items are on a page. */
  abstract int pageSize();

  @Override
  public final Order order() {
    return Order.UNORDERED;
  }

  @Override
  public final SourceProfile profile() {
    Quota points500 = MeetupLimits.QUOTA;
    return new SourceProfile(
        pageSize(),
        1,
        new Quota(Math.max(1, points500.permits() / points), points500.per()),
        null,
        null,
        List.of());
  }

  final ObjectNode variables() {
    return MeetupApi.variables().put("urlname", urlname);
  }

  /** Returns the group of an answer. A group that is not there is null, without an error. */
  final JsonNode group(JsonDocument answer) {
    JsonNode group = Json.field(answer.root().path("data"), "groupByUrlname");
    if (group == null) {
      throw new InvalidQueryException(
          "Meetup has no group '"
              + urlname
              + "', or it is private; its name is what follows meetup.com/ in its address");
    }
    return group;
  }

  final PageBuilder newPage(JsonDocument answer) {
    return new PageBuilder(uri(), answer);
  }

  /**
   * Returns the cursor that follows a page, or {@code null} if it was the last. Meetup has said
   * that there is a next page when there was none: a cursor that is missing or the same as before
   * is the end.
   */
  static @Nullable String next(JsonNode connection, @Nullable String before) {
    JsonNode info = connection.path("pageInfo");
    String end = Json.nonEmpty(info, "endCursor");
    return info.path("hasNextPage").asBoolean(false) && end != null && !end.equals(before)
        ? end
        : null;
  }
}
