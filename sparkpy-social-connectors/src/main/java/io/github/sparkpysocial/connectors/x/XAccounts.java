package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Provenance;
import java.util.Set;

/** Reads the users of X API v2. */
final class XAccounts {
  /** The fields of a user in the OpenAPI document 2.167 and, with their old names, 2.166. */
  static final Set<String> FIELDS =
      Set.of(
          "affiliation",
          "confirmed_email",
          "connection_status",
          "created_at",
          "description",
          "entities",
          "id",
          "is_identity_verified",
          "location",
          "most_recent_post_id",
          "most_recent_tweet_id",
          "name",
          "parody",
          "pinned_post_id",
          "pinned_tweet_id",
          "profile_banner_url",
          "profile_image_url",
          "protected",
          "public_metrics",
          "receives_your_dm",
          "subscribes_to_you",
          "subscription",
          "subscription_type",
          "url",
          "username",
          "verified",
          "verified_followers_count",
          "verified_type",
          "withheld");

  private XAccounts() {}

  /** Reads an account. */
  static Account account(JsonNode user, String raw, Provenance provenance) {
    JsonNode metrics = user.path("public_metrics");
    Long count = Json.number(metrics, "tweet_count");
    String handle = Json.nonEmpty(user, "username");
    String location = Json.nonEmpty(user, "location");
    return Account.builder(Network.X, Json.required(user, "id"))
        .handle(handle)
        .name(Json.nonEmpty(user, "name"))
        .description(Json.text(user, "description"))
        .url(handle == null ? null : "https://x.com/" + handle)
        .place(location == null ? null : Place.named(location))
        .createdAt(Json.time(user, "created_at"))
        .followers(Json.number(metrics, "followers_count"))
        .following(Json.number(metrics, "following_count"))
        .posts(count == null ? Json.number(metrics, "post_count") : count)
        .verified(Json.flag(user, "verified"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }
}
