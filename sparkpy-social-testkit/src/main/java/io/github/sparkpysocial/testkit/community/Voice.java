package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How one network spells what people post there. Immutable and thread-safe. */
interface Voice {
  /** Where the links of the community lead. */
  String NOTES = "sparkling-labs.example/notes/";

  Network network();

  /**
   * Returns the id of a post.
   *
   * @param repost whether it repeats another post
   * @param index its place in the order of time
   */
  String id(Account author, boolean repost, Instant createdAt, int index);

  /**
   * Returns the millisecond since 1970 that an id of this network tells of its post, or nothing if
   * it is none.
   */
  OptionalLong writtenMillis(String id);

  /** Returns whether the id of a repost differs in kind from that of a post. */
  boolean tellsReposts();

  /** Returns where a post can be read, or {@code null} if a repost has no page of its own there. */
  @Nullable String url(Account author, String id, boolean repost);

  /** Returns what stands after the {@code @} in a text that names an account. */
  String mention(Account account);

  /** Returns how the address of a note begins in a text. */
  String link();

  /** Returns the most UTF-16 units that a post may have. */
  int longest();

  /** Returns whether posts there tell where and with which program they were written. */
  boolean tellsSurroundings();

  /** Returns whether posts tell which one started their conversation. */
  boolean tellsConversation();

  /** Returns whether a name that belongs to nobody is a mention all the same. */
  boolean linksAnyName();
}
