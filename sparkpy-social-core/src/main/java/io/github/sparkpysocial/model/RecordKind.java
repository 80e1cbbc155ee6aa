package io.github.sparkpysocial.model;

import java.util.Locale;
import java.util.Objects;

/**
 * The kinds of record. In files the kind is the value of {@code record}, in {@linkplain #wireName()
 * lower case}.
 */
public enum RecordKind {
  /** Something that was said: a tweet, a toot, a skeet. */
  POST,
  /** Who said it: a user, a member, an organisation. */
  ACCOUNT,
  /** A source code repository. */
  REPOSITORY,
  /** A meeting in the world or online. */
  EVENT,
  /** A group of people who meet. */
  GROUP,
  /** Who did what to whom, and when: a star, a commit, an RSVP. */
  INTERACTION,
  /** The notice that a record was deleted by its owner or its network. */
  TOMBSTONE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Returns the name used in files and tables: {@code post}, {@code account} and so on. */
  public String wireName() {
    return wireName;
  }

  /**
   * Returns the kind with this {@linkplain #wireName() name}.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static RecordKind ofWireName(String wireName) {
    Objects.requireNonNull(wireName, "wireName");
    for (RecordKind kind : values()) {
      if (kind.wireName.equals(wireName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "Unknown kind of record '"
            + wireName
            + "'; known are post, account, repository, event, group, interaction, tombstone");
  }
}
