package io.github.sparkpysocial.connectors.meetup;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;

/** A listing of Meetup. Meetup promises no order, so the whole is read each time. */
abstract class MeetupSource extends NetworkSource {
  final MeetupApi api;
  private final MeetupQuery query;

  MeetupSource(PlaceUri uri, SourceOptions options, MeetupApi api, MeetupQuery query) {
    super(uri, Network.MEETUP, options.clock(), api.http());
    this.api = api;
    this.query = query;
  }

  @Override
  public final Order order() {
    return Order.UNORDERED;
  }

  /** Returns how many items come with a request. */
  int itemsPerRequest() {
    return query.pageSize();
  }

  @Override
  public final SourceProfile profile() {
    Quota points = MeetupLimits.QUOTA;
    return new SourceProfile(
        itemsPerRequest(),
        1,
        new Quota(Math.max(1, points.permits() / query.points()), points.per()),
        null,
        null,
        List.of());
  }

  final PageBuilder newPage(MeetupAnswer answer) {
    return new PageBuilder(uri(), answer.document());
  }
}
