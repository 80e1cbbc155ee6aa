package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Posts by their ids: {@code GET /2/tweets}. Every id has an outcome: the post, a tombstone if X
 * cannot find it any more, or an entry in the quarantine if X withholds it, says that its author is
 * suspended, or says nothing.
 */
final class XPostsSource extends NetworkSource {
  private static final String PATH = "/2/tweets";
  private static final int PAGE = 100;

  private final XApi api;
  private final List<String> ids;

  XPostsSource(PlaceUri uri, SourceOptions options, XApi api, List<String> ids) {
    super(uri, Network.X, options.clock(), api.http());
    this.api = api;
    this.ids = List.copyOf(ids);
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public Long asked() {
    return (long) ids.size();
  }

  @Override
  public RecordKind kind() {
    return RecordKind.POST;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        PAGE,
        1,
        new Quota(3_500, Duration.ofMinutes(15)),
        XBudget.POST,
        (long) ids.size(),
        List.of(XApi.PRICES));
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    XList.Part part = XList.part(ids, request, PAGE, uri());
    List<String> asked = new ArrayList<>();
    JsonDocument answer =
        api.posts(
            PATH,
            part.size(),
            1,
            granted -> {
              asked.addAll(part.first(granted));
              return parameters -> parameters.with("ids", String.join(",", asked));
            });
    PageBuilder page =
        new XPages(uri(), answer, provenance())
            .read(
                (all, error, raw) -> {
                  if (!all.tombstone(error, raw)) {
                    all.reject(error, raw);
                  }
                });
    for (String id : XPages.unanswered(asked, answer)) {
      page.reject(id, "X said nothing about this id");
    }
    return page.build(null, null, part.cursorAfter(asked.size()));
  }
}
