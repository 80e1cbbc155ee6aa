package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Profiles by handle or DID: {@code app.bsky.actor.getProfiles}, 25 at once. Each that was asked
 * for has an outcome: the account, or an entry in the quarantine with what Bluesky says of it,
 * since the answer leaves out those that are not there without a word.
 */
final class ProfilesSource extends NetworkSource {
  private static final int PAGE = 25;

  private final BlueskyApi api;
  private final List<String> actors;

  ProfilesSource(PlaceUri uri, SourceOptions options, BlueskyApi api, List<String> actors) {
    super(uri, Network.BLUESKY, options.clock(), api.http());
    this.api = api;
    this.actors = List.copyOf(actors);
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.ACCOUNT;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        PAGE,
        1,
        new Quota(3_000, Duration.ofMinutes(5)),
        null,
        (long) actors.size(),
        List.of("Each profile that is not there takes one request more."));
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    int from = position(request.cursor());
    int to = Math.min(actors.size(), from + PAGE);
    List<String> asked = actors.subList(from, to);
    JsonDocument answer =
        JsonDocument.of(
            api.get(
                "app.bsky.actor.getProfiles",
                parameters -> {
                  asked.forEach(actor -> parameters.with("actors", actor));
                  return parameters;
                }));
    PageBuilder page = new PageBuilder(uri(), answer);
    BlueskyRecords records = new BlueskyRecords(provenance());
    Set<String> found = new HashSet<>();
    page.each(
        answer.root().get("profiles"),
        (profile, raw) -> {
          found.add(Json.required(profile, "did"));
          found.add(profile.path("handle").asText("").toLowerCase(Locale.ROOT));
          page.add(records.account(profile, raw));
          page.countUnknown("profile", profile, BlueskyRecords.PROFILE_FIELDS);
        });
    for (String actor : asked) {
      if (!found.contains(actor)) {
        page.reject(actor, "Bluesky shows no profile of " + actor + ": " + reason(actor));
      }
    }
    return page.build(null, null, to < actors.size() ? Integer.toString(to) : null);
  }

  /** Asks why a profile is not shown: not found, taken down, deactivated. */
  private String reason(String actor) throws InterruptedException {
    HttpResponse response =
        api.ask("app.bsky.actor.getProfile", parameters -> parameters.with("actor", actor));
    if (response.isSuccess()) {
      JsonNode profile = JsonDocument.of(response).root();
      return "it answers to " + profile.path("handle").asText("another handle") + " now";
    }
    return BlueskyErrors.said(response);
  }

  private int position(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    if (!cursor.matches("\\d{1,9}") || Integer.parseInt(cursor) >= actors.size()) {
      throw new StaleCursorException("The cursor does not belong to the profiles of " + uri());
    }
    return Integer.parseInt(cursor);
  }
}
