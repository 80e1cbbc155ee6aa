package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The community as X shows it: without what is deleted, what has not happened yet, and the posts of
 * accounts that are suspended or protected.
 */
final class XCommunity {
  private final Community community;
  private final Clock clock;
  private final IntSupplier happened;
  private final Set<String> suspended;
  private final Set<String> isProtected;
  private final Map<String, Account> users = new HashMap<>();
  private final Map<String, Account> byHandle = new HashMap<>();

  /**
   * Makes it.
   *
   * @param happened how many posts have happened
   * @param suspended the handles of suspended accounts
   * @param isProtected the handles of accounts that show their posts to their followers only
   */
  XCommunity(
      Community community,
      Clock clock,
      IntSupplier happened,
      Set<String> suspended,
      Set<String> isProtected) {
    this.community = community;
    this.clock = clock;
    this.happened = happened;
    this.suspended = suspended;
    this.isProtected = isProtected;
    for (Account account : community.accounts(Network.X)) {
      users.put(account.id(), account);
      byHandle.put(lower(String.valueOf(account.handle())), account);
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns how many posts have happened; they are those before this index. */
  int happened() {
    return happened.getAsInt();
  }

  Post postAt(int index) {
    return community.postAt(index);
  }

  static Instant createdAt(Post post) {
    return Objects.requireNonNull(post.createdAt(), "The community dates every post");
  }

  /** Returns the account with this id, suspended ones included. */
  @Nullable Account user(String id) {
    return users.get(id);
  }

  /** Returns the account with this name, whatever its case, suspended ones included. */
  @Nullable Account named(String handle) {
    return byHandle.get(lower(handle));
  }

  boolean isSuspended(@Nullable String handle) {
    return handle != null && suspended.contains(lower(handle));
  }

  boolean isProtected(@Nullable String handle) {
    return handle != null && isProtected.contains(lower(handle));
  }

  /** Returns a post that has happened and was not deleted, whoever may see it. */
  Optional<Post> there(String id) {
    int count = happened();
    if (count == 0 || Long.parseLong(id) > Long.parseLong(postAt(count - 1).id())) {
      return Optional.empty();
    }
    return community.post(id);
  }

  /** Returns a post that everybody may see. */
  Optional<Post> visible(String id) {
    return there(id).filter(this::isVisible);
  }

  /** Returns whether everybody may see a post that has happened. */
  boolean isVisible(Post post) {
    String handle = post.author().handle();
    return !community.isDeleted(post.id()) && !isSuspended(handle) && !isProtected(handle);
  }

  static String lower(String handle) {
    return handle.toLowerCase(Locale.ROOT);
  }
}
