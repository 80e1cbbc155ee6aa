package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a repository's default branch, or of the one that {@code sha} names, newest first:
 * {@code GET /repos/OWNER/REPO/commits}.
 *
 * <p>A merge brings commits that are older than it is. Going on from a known commit therefore asks
 * two weeks further back; what is known already changes nothing in the store.
 */
final class CommitsSource extends RepositorySource {
  private static final Duration MERGE_LAG = Duration.ofDays(14);

  /** Which commits to list, as GitHub calls it: from a branch or commit, of a file, by whom. */
  private static final List<String> CHOICES = List.of("sha", "path", "author", "committer");

  private final @Nullable Instant since;
  private final @Nullable Instant until;

  CommitsSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
    this.since = Times.parameter(uri, "since");
    this.until = Times.parameter(uri, "until");
  }

  @Override
  public Order order() {
    return Order.NEWEST_FIRST;
  }

  @Override
  List<String> notes() {
    return List.of(
        "Commits of branches that are merged more than two weeks after they were written are found"
            + " by a harvest without a ledger only.");
  }

  @Override
  String listing(PageRequest request) {
    Position known = request.since();
    Position before = request.until();
    Instant after = known == null ? since : later(since, lagging(known));
    Instant upTo = before == null || before.at() == null ? until : before.at();
    StringBuilder path = new StringBuilder("/commits?per_page=" + PAGE);
    if (after != null) {
      path.append("&since=").append(Query.encode(after.toString()));
    }
    if (upTo != null) {
      path.append("&until=").append(Query.encode(upTo.toString()));
    }
    for (String name : CHOICES) {
      String value = uri().parameter(name);
      if (value != null) {
        path.append('&').append(name).append('=').append(Query.encode(value));
      }
    }
    return path.toString();
  }

  private static @Nullable Instant lagging(Position known) {
    Instant at = known.at();
    return at == null ? null : at.minus(MERGE_LAG);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  @Override
  void readItem(Reading into, JsonNode item, String raw) {
    Interaction commit = into.records().commit(item, raw, into.repository());
    into.page().add(commit);
    Instant committed = Json.time(item.path("commit").path("committer"), "date");
    into.positions()
        .add(new Position(commit.id(), committed == null ? commit.createdAt() : committed));
    into.page().countUnknown("commit", item, GitHubFields.COMMIT);
    into.account(Json.field(item, "author"));
  }
}
