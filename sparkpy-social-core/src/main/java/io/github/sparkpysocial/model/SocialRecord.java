package io.github.sparkpysocial.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Anything that sparkpy-social reads, stores and analyses. Records are immutable and serializable;
 * two are equal when all their components are.
 */
public sealed interface SocialRecord extends Serializable
    permits Post, Account, Repository, Event, Group, Interaction, Tombstone {

  /** Returns what kind of record this is. */
  RecordKind recordKind();

  /** Returns the network it comes from. */
  Network network();

  /** Returns its id on the network, as the network spells it, never empty. */
  String id();

  /** Returns where and when it was fetched. */
  Provenance provenance();

  /**
   * Returns the JSON object that the network answered, character by character, or {@code null} if
   * it was not kept. Fields that the schema does not know survive here.
   */
  @Nullable String raw();

  /** Returns what makes it the same record in every store. */
  default RecordKey key() {
    return new RecordKey(network(), recordKind(), id());
  }
}
