package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Tombstone;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happened in somebody's repository. The stream brings no profiles: of an author only
 * the DID is known. Collections that are no records of ours bring nothing.
 */
final class JetstreamEvents {
  private static final String LIKE = "app.bsky.feed.like";
  private static final String FOLLOW = "app.bsky.graph.follow";
  private static final String PROFILE = "app.bsky.actor.profile";

  private final PageBuilder page;
  private final JsonDocument document;
  private final Provenance provenance;
  private final BlueskyRecords records;

  JetstreamEvents(PageBuilder page, JsonDocument document, Provenance provenance) {
    this.page = page;
    this.document = document;
    this.provenance = provenance;
    this.records = new BlueskyRecords(provenance);
  }

  /**
   * Reads a commit.
   *
   * @param commit with {@code operation}, {@code collection}, {@code rkey} and {@code record}
   * @param seen when the server saw it, or {@code null} if not told
   * @param raw the event as it was sent
   */
  void commit(String did, JsonNode commit, @Nullable Instant seen, String raw) {
    String collection = Json.required(commit, "collection");
    String address = "at://" + did + '/' + collection + '/' + Json.required(commit, "rkey");
    String operation = Json.required(commit, "operation");
    if (operation.equals("delete")) {
      delete(did, collection, address, seen, raw);
      return;
    }
    JsonNode record = Json.field(commit, "record");
    if (record == null || !record.isObject()) {
      throw new IllegalArgumentException("The field 'record' is missing");
    }
    switch (collection) {
      case BlueskyRecords.POST -> {
        page.add(
            records
                .written(address, record, AtTimes.of(Json.nonEmpty(record, "createdAt"), seen))
                .provenance(provenance)
                .raw(document.raw(record))
                .build());
        page.countUnknown("record", record, BlueskyRecords.POST_FIELDS);
      }
      case LIKE -> interaction(did, address, record, seen, Interaction.Type.LIKE, raw);
      case BlueskyRecords.REPOST ->
          interaction(did, address, record, seen, Interaction.Type.REPOST, raw);
      case FOLLOW -> interaction(did, address, record, seen, Interaction.Type.FOLLOW, raw);
      case PROFILE ->
          page.add(
              Account.builder(Network.BLUESKY, did)
                  .name(Json.nonEmpty(record, "displayName"))
                  .description(Json.text(record, "description"))
                  .url("https://bsky.app/profile/" + did)
                  .provenance(provenance)
                  .raw(document.raw(record))
                  .build());
      default -> {}
    }
  }

  /** A repost is an interaction here and a post in the feed of who reposted: both go. */
  private void delete(
      String did, String collection, String address, @Nullable Instant seen, String raw) {
    switch (collection) {
      case BlueskyRecords.POST -> tombstone(RecordKind.POST, address, did, seen, raw);
      case BlueskyRecords.REPOST -> {
        tombstone(RecordKind.INTERACTION, address, did, seen, raw);
        tombstone(RecordKind.POST, address, did, seen, raw);
      }
      case LIKE, FOLLOW -> tombstone(RecordKind.INTERACTION, address, did, seen, raw);
      default -> {}
    }
  }

  private void tombstone(
      RecordKind kind, String id, String did, @Nullable Instant seen, String raw) {
    page.add(new Tombstone(Network.BLUESKY, id, kind, did, seen, provenance, raw));
  }

  /** What was liked, reposted or followed: a record with an address, or an account. */
  private void interaction(
      String did,
      String address,
      JsonNode record,
      @Nullable Instant seen,
      Interaction.Type type,
      String raw) {
    JsonNode subject = record.path("subject");
    boolean account = type == Interaction.Type.FOLLOW;
    String target = account ? Json.required(record, "subject") : Json.required(subject, "uri");
    boolean post = account || AtSyntax.isIn(target, BlueskyRecords.POST);
    page.add(
        Interaction.builder(Network.BLUESKY, address, type)
            .actor(new AccountRef(did, null, null))
            .targetKind(account ? RecordKind.ACCOUNT : post ? RecordKind.POST : null)
            .targetId(target)
            .createdAt(AtTimes.of(Json.nonEmpty(record, "createdAt"), seen).published())
            .provenance(provenance)
            .raw(raw)
            .build());
  }

  /**
   * Reads what became of an account. One that its owner deleted or the network took down is gone;
   * one that is suspended or deactivated may come back, and stays.
   */
  void account(String did, JsonNode account, @Nullable Instant seen, String raw) {
    String status = account.path("status").asText("");
    if (!account.path("active").asBoolean(true)
        && (status.equals("deleted") || status.equals("takendown"))) {
      tombstone(RecordKind.ACCOUNT, did, did, seen, raw);
    }
  }
}
