package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A listing of GitHub that is paged by {@code Link} headers, a hundred items a page. */
abstract class GitHubSource extends NetworkSource {
  static final int PAGE = 100;
  private static final Pattern PAGE_NUMBER = Pattern.compile("([?&]page=)(\\d{1,9})\\b");

  final GitHubApi api;

  GitHubSource(PlaceUri uri, SourceOptions options, GitHubApi api) {
    super(uri, Network.GITHUB, options.clock(), api.http());
    this.api = api;
  }

  /** Returns path and query of the first page. */
  abstract String firstPage(PageRequest request);

  /** Reads the items of a page into it. */
  abstract void read(PageBuilder page, JsonDocument answer, Positions positions)
      throws InterruptedException;

  String accept() {
    return GitHubApi.JSON;
  }

  /** What the listing ends at whatever there is, or {@code null}. */
  @Nullable Long mostItems() {
    return null;
  }

  int requestsPerPage() {
    return 1;
  }

  List<String> notes() {
    return List.of();
  }

  /** How many requests GitHub allows for this listing. */
  Quota quota() {
    return new Quota(api.isAnonymous() ? 60 : 5_000, Duration.ofHours(1));
  }

  @Override
  public final SourceProfile profile() {
    List<String> notes = new ArrayList<>(notes());
    if (api.isAnonymous()) {
      notes.add("GITHUB_TOKEN is not set: GitHub allows 60 requests an hour instead of 5,000.");
    }
    return new SourceProfile(PAGE, requestsPerPage(), quota(), null, mostItems(), notes);
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    String cursor = request.cursor();
    String path = cursor == null ? firstPage(request) : GitHubApi.checkedCursor(cursor);
    HttpResponse response = api.get(path, accept());
    if (response.status() == 204 || GitHubApi.isEmptyRepository(response)) {
      return empty();
    }
    JsonDocument answer = JsonDocument.of(response);
    if (!answer.root().isArray()) {
      throw new InvalidQueryException(uri() + " is no listing of GitHub");
    }
    PageBuilder page = new PageBuilder(uri(), answer);
    Positions positions = new Positions();
    read(page, answer, positions);
    return positions.page(
        page,
        order(),
        isBeyond(request, positions.last) ? null : next(response, path, answer.root().size()));
  }

  /** Whether a page ends before what is asked for begins, so that no other is needed. */
  boolean isBeyond(PageRequest request, @Nullable Position last) {
    return false;
  }

  /** Returns whether an item is older than another; what has no time is not. */
  static boolean isOlder(@Nullable Position item, @Nullable Position other) {
    Instant at = item == null ? null : item.at();
    Instant than = other == null ? null : other.at();
    return at != null && than != null && at.isBefore(than);
  }

  /** Returns a page with nothing on it after which nothing comes. */
  static Page empty() {
    return Page.of(Page.Content.NONE, null, null, null);
  }

  /** Whether GitHub stops naming a next page where it shows no more, though there is more. */
  boolean hasWall() {
    return false;
  }

  /**
   * Returns the cursor of the next page. Where GitHub may just stop naming one because it shows no
   * more, the page beyond a full one is asked for all the same: it is empty or refused, and a
   * listing that was cut is not taken for complete.
   */
  private @Nullable String next(HttpResponse response, String path, int items) {
    String next = api.next(response);
    if (next != null || !hasWall() || items < PAGE) {
      return next;
    }
    Matcher number = PAGE_NUMBER.matcher(path);
    return number.find()
        ? number.replaceFirst("$1" + (Long.parseLong(number.group(2)) + 1))
        : path + "&page=2";
  }

  /** Reads the account of an item, if it has one, so that its owner comes with it. */
  static void account(
      PageBuilder page, JsonDocument answer, GitHubRecords records, @Nullable JsonNode user) {
    if (user != null && user.isObject() && Json.nonEmpty(user, "id") != null) {
      page.add(records.account(user, answer.raw(user)));
      page.countUnknown("user", user, GitHubFields.USER);
    }
  }

  /** Where the first and the last item of a page stand. */
  static final class Positions {
    private @Nullable Position first;
    private @Nullable Position last;

    void add(Position position) {
      first = first == null ? position : first;
      last = position;
    }

    @Nullable Position last() {
      return last;
    }

    Page page(PageBuilder page, Order order, @Nullable String nextCursor) {
      return order == Order.NEWEST_FIRST
          ? page.build(first, last, nextCursor)
          : page.build(last, first, nextCursor);
    }
  }
}
