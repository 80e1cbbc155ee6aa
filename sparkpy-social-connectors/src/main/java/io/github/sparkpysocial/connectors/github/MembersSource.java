package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who belongs to an organisation: {@code GET /orgs/ORG/members}. */
final class MembersSource extends GitHubSource {
  private final String organization;
  private volatile GitHubRecords.@Nullable Target target;

  MembersSource(PlaceUri uri, SourceOptions options, GitHubApi api, String organization) {
    super(uri, options, api);
    this.organization = organization;
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  List<String> notes() {
    return List.of(
        "GitHub shows those who made their membership public, and all to other members.");
  }

  @Override
  String firstPage(PageRequest request) {
    return "/orgs/" + Query.encode(organization) + "/members?per_page=" + PAGE;
  }

  @Override
  void read(PageBuilder page, JsonDocument answer, Positions positions)
      throws InterruptedException {
    GitHubRecords records = new GitHubRecords(provenance());
    GitHubRecords.Target its = organization();
    page.each(
        answer.root(),
        (user, raw) -> {
          page.add(records.member(user, raw, its));
          account(page, answer, records, user);
        });
  }

  /** Returns the organisation by its id, which survives renaming; asks for it once. */
  private GitHubRecords.Target organization() throws InterruptedException {
    GitHubRecords.Target known = target;
    if (known == null) {
      JsonDocument answer = JsonDocument.of(HubBridge.organization(api, organization));
      try {
        known =
            new GitHubRecords.Target(
                Json.required(answer.root(), "id"), Json.required(answer.root(), "login"));
      } catch (IllegalArgumentException e) {
        throw new TransportException(
            "GitHub's answer about " + organization + " cannot be read: " + e.getMessage(), e);
      }
      target = known;
    }
    return known;
  }
}
