package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The posts of the last seven days that match a query, newest first: {@code GET
 * /2/tweets/search/recent}. Going on from a known post uses {@code since_id}, the same through all
 * pages, as the <a href="https://docs.x.com/x-api/posts/search/integrate/paginate">guide to
 * paging</a> says.
 */
final class XSearchSource extends NetworkSource {
  static final Duration HORIZON = Duration.ofDays(7);
  private static final String PATH = "/2/tweets/search/recent";
  private static final int SMALLEST_PAGE = 10;
  private static final int LARGEST_PAGE = 100;

  private final XApi api;
  private final String query;
  private final @Nullable Instant since;
  private final @Nullable Instant until;

  XSearchSource(
      PlaceUri uri,
      SourceOptions options,
      XApi api,
      String query,
      @Nullable Instant since,
      @Nullable Instant until) {
    super(uri, Network.X, options.clock(), api.http());
    this.api = api;
    this.query = query;
    this.since = since;
    this.until = until;
  }

  @Override
  public Order order() {
    return Order.NEWEST_FIRST;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.POST;
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        LARGEST_PAGE,
        1,
        new Quota(450, Duration.ofMinutes(15)),
        new BigDecimal("0.005"),
        null,
        List.of(
            "X shows the last 7 days only, and keyword search brings no reposts.",
            "Each post read costs $0.005; the accounts of its authors may be charged at $0.010."));
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    Position after = request.since();
    Position before = request.until();
    JsonDocument answer =
        api.posts(
            PATH,
            parameters ->
                parameters
                    .with("query", query)
                    .with("max_results", pageSize(request.atMost()))
                    .with("since_id", after == null ? null : after.id())
                    .with("until_id", before == null ? null : before.id())
                    .with("start_time", after == null ? since : null)
                    .with("end_time", before == null ? until : null)
                    .with("next_token", request.cursor()));
    XPages pages = new XPages(uri(), answer, provenance());
    var page =
        pages.read(
            (all, error, raw) -> {
              if (!all.tombstone(error, raw)) {
                all.note(error);
              }
            });
    Position newest = null;
    Position oldest = null;
    for (Post post : pages.posts()) {
      Position position = new Position(post.id(), post.createdAt());
      newest = newest == null || isNewer(position, newest) ? position : newest;
      oldest = oldest == null || isNewer(oldest, position) ? position : oldest;
    }
    return page.build(newest, oldest, pages.nextToken());
  }

  private static long pageSize(long atMost) {
    return Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, atMost));
  }

  /** Compares ids, which are numbers of up to 20 digits that grow with time. */
  private static boolean isNewer(Position one, Position other) {
    int byLength = Integer.compare(one.id().length(), other.id().length());
    return byLength != 0 ? byLength > 0 : one.id().compareTo(other.id()) > 0;
  }
}
