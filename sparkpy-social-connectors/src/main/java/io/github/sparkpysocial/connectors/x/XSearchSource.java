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
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The posts that match a query, newest first: {@code GET /2/tweets/search/recent} of the last seven
 * days, {@code GET /2/tweets/search/all} of all time. Going on from a known post uses {@code
 * since_id}, the same through all pages, as the <a
 * href="https://docs.x.com/x-api/posts/search/integrate/paginate">guide to paging</a> says.
 */
final class XSearchSource extends NetworkSource {
  private static final int SMALLEST_PAGE = 10;

  /** The day of the first post; without a start the archive goes 30 days back. */
  private static final Instant BEGINNING = Instant.parse("2006-03-21T00:00:00Z");

  /** What a search reaches. */
  enum Reach {
    RECENT("/2/tweets/search/recent", "/2/tweets/counts/recent", 100, 450, 512),
    ARCHIVE("/2/tweets/search/all", "/2/tweets/counts/all", 500, 300, 1_024);

    final String path;
    final String countsPath;
    private final int largestPage;
    private final int requestsInQuarter;
    private final int longestQuery;

    Reach(
        String path, String countsPath, int largestPage, int requestsInQuarter, int longestQuery) {
      this.path = path;
      this.countsPath = countsPath;
      this.largestPage = largestPage;
      this.requestsInQuarter = requestsInQuarter;
      this.longestQuery = longestQuery;
    }

    /** Returns what to send as the start of a search that has none. */
    @Nullable Instant start() {
      return this == ARCHIVE ? BEGINNING : null;
    }

    /**
     * Refuses a query that X would refuse for its length; Enterprise accounts may send 4,096
     * characters.
     */
    List<String> notes(String query) {
      int length = query.codePointCount(0, query.length());
      return length <= longestQuery
          ? List.of()
          : List.of(
              "The query has "
                  + length
                  + " characters; without an Enterprise account X takes "
                  + longestQuery
                  + ".");
    }
  }

  private final XApi api;
  private final Reach reach;
  private final String query;
  private final @Nullable Instant since;
  private final @Nullable Instant until;

  XSearchSource(
      PlaceUri uri,
      SourceOptions options,
      XApi api,
      Reach reach,
      String query,
      @Nullable Instant since,
      @Nullable Instant until) {
    super(uri, Network.X, options.clock(), api.http());
    this.api = api;
    this.reach = reach;
    this.query = query;
    this.since = since == null ? reach.start() : since;
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
  public @Nullable Duration horizon() {
    return reach == Reach.RECENT ? Duration.ofDays(7) : null;
  }

  @Override
  public SourceProfile profile() {
    List<String> notes = new ArrayList<>();
    notes.add(
        reach == Reach.RECENT
            ? "X shows the last 7 days only, and keyword search brings no reposts."
            : "X answers one such search a second; keyword search brings no reposts.");
    notes.add(XApi.PRICES);
    notes.addAll(reach.notes(query));
    return new SourceProfile(
        reach.largestPage,
        1,
        new Quota(reach.requestsInQuarter, Duration.ofMinutes(15)),
        XBudget.POST,
        null,
        notes);
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    Position after = request.since();
    Position before = request.until();
    JsonDocument answer =
        api.posts(
            reach.path,
            (int) Math.min(reach.largestPage, request.atMost()),
            SMALLEST_PAGE,
            size ->
                parameters ->
                    parameters
                        .with("query", query)
                        .with("max_results", size)
                        .with("since_id", after == null ? null : after.id())
                        .with("until_id", before == null ? null : before.id())
                        .with("start_time", after == null ? since : null)
                        .with("end_time", before == null ? until : null)
                        .with("next_token", request.cursor()));
    return XPages.newestFirst(uri(), answer, provenance());
  }
}
