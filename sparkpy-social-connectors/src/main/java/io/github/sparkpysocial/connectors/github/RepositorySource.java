package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listing of one repository. What is listed refers to the repository by its id, which survives
 * renaming, so that the repository itself is asked for once.
 */
abstract class RepositorySource extends GitHubSource {
  private static final Logger log = LoggerFactory.getLogger(RepositorySource.class);

  final String fullName;
  private volatile @Nullable Known known;

  RepositorySource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api);
    this.fullName = fullName;
  }

  /** Returns the path of the listing below the repository, with its query. */
  abstract String listing(PageRequest request);

  /**
   * A page that is being read.
   *
   * @param page where its records go
   * @param answer what GitHub said
   * @param records makes records
   * @param repository what they refer to
   * @param positions where the items stand, if the listing is ordered
   */
  record Reading(
      PageBuilder page,
      JsonDocument answer,
      GitHubRecords records,
      GitHubRecords.Target repository,
      Positions positions) {

    /** Adds the account of an item, if it has one. */
    void account(@Nullable JsonNode user) {
      GitHubSource.account(page, answer, records, user);
    }
  }

  /** Reads one item. */
  abstract void readItem(Reading into, JsonNode item, String raw);

  /** Most listings of a repository have no order. */
  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  /** Most listings of a repository tell who did something to it. */
  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  String firstPage(PageRequest request) {
    return "/repos/" + fullName + listing(request);
  }

  @Override
  void read(PageBuilder page, JsonDocument answer, Positions positions)
      throws InterruptedException {
    Reading into =
        new Reading(page, answer, new GitHubRecords(provenance()), repository(), positions);
    page.each(answer.root(), (item, raw) -> readItem(into, item, raw));
  }

  /**
   * What the listing has to know of its repository.
   *
   * @param target as records refer to it, under its present name
   * @param stars how many stars it says it has
   */
  record Known(GitHubRecords.Target target, long stars) {}

  /** Returns the repository as records refer to it; asks for it once. */
  final GitHubRecords.Target repository() throws InterruptedException {
    return known().target();
  }

  final Known known() throws InterruptedException {
    Known found = known;
    if (found == null) {
      JsonDocument answer = JsonDocument.of(HubBridge.repository(api, fullName, false).answer());
      try {
        Long stars = Json.number(answer.root(), "stargazers_count");
        found = new Known(GitHubRecords.target(answer.root()), stars == null ? 0 : stars);
      } catch (IllegalArgumentException e) {
        throw new TransportException(
            "GitHub's answer about " + fullName + " cannot be read: " + e.getMessage(), e);
      }
      if (!found.target().fullName().equalsIgnoreCase(fullName)) {
        log.info(
            "{} is called {} now; name it so in {}", fullName, found.target().fullName(), uri());
      }
      known = found;
    }
    return found;
  }
}
