package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The notice that a record was deleted. Every store carries it out: the target is removed and stays
 * away, even if it arrives again later.
 *
 * @param network where the target lived
 * @param id the id of the deleted record
 * @param targetKind what kind of record was deleted
 * @param authorId the account it belonged to, or {@code null} if not told
 * @param deletedAt when, or {@code null} if not told
 * @param provenance where the notice came from
 * @param raw the notice as the network sent it, or {@code null}
 */
public record Tombstone(
    Network network,
    String id,
    RecordKind targetKind,
    @Nullable String authorId,
    @Nullable Instant deletedAt,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  public Tombstone {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(targetKind, "targetKind");
    Objects.requireNonNull(provenance, "provenance");
    if (targetKind == RecordKind.TOMBSTONE) {
      throw new IllegalArgumentException("A tombstone cannot stand for a tombstone");
    }
    RecordKey.checkId(targetKind, id);
  }

  /** Returns the key of the deleted record. */
  public RecordKey target() {
    return new RecordKey(network, targetKind, id);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.TOMBSTONE;
  }

  @Override
  public RecordKey key() {
    return new RecordKey(network, RecordKind.TOMBSTONE, targetKind.wireName() + '/' + id);
  }
}
