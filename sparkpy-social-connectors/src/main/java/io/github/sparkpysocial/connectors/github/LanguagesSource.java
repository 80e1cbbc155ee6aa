package io.github.sparkpysocial.connectors.github;

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
import java.util.List;

/** One repository with all languages it is written in, one page of one record. */
final class LanguagesSource extends NetworkSource {
  private final GitHubApi api;
  private final String fullName;

  LanguagesSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, Network.GITHUB, options.clock(), api.http());
    this.api = api;
    this.fullName = fullName;
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.REPOSITORY;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        1, 2, new Quota(api.isAnonymous() ? 60 : 5_000, Duration.ofHours(1)), null, 1L, List.of());
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    HubBridge.Known known = HubBridge.repository(api, fullName, true);
    JsonDocument answer = JsonDocument.of(known.answer());
    PageBuilder page = new PageBuilder(uri(), answer);
    page.one(
        answer.root(),
        (item, raw) -> {
          page.add(new GitHubRecords(provenance()).repository(item, raw, known.languages()));
          page.countUnknown("repository", item, GitHubFields.REPOSITORY);
        });
    return page.build(null, null, null);
  }
}
