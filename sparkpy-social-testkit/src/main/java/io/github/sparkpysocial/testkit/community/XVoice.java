package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.OptionalLong;

/** How X spells posts: ids are snowflakes, links are short. */
final class XVoice implements Voice {
  /** The bits of an id that tell posts of a millisecond apart, as in X's snowflakes. */
  private static final int INDEX_BITS = 22;

  /** The first millisecond of X's ids, 2010-11-04T01:42:54.657Z. */
  private static final long EPOCH_MILLIS = 1_288_834_974_657L;

  @Override
  public Network network() {
    return Network.X;
  }

  @Override
  public String id(Account author, boolean repost, Instant createdAt, int index) {
    return Long.toString(
        ((createdAt.toEpochMilli() - EPOCH_MILLIS) << INDEX_BITS)
            | (index & ((1 << INDEX_BITS) - 1)));
  }

  @Override
  public OptionalLong writtenMillis(String id) {
    if (id.length() > 19 || id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of((Long.parseLong(id) >>> INDEX_BITS) + EPOCH_MILLIS);
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // nineteen digits beyond 2^63
    }
  }

  @Override
  public boolean tellsReposts() {
    return false;
  }

  @Override
  public String url(Account author, String id, boolean repost) {
    return "https://x.com/" + author.handle() + "/status/" + id;
  }

  @Override
  public String mention(Account account) {
    return String.valueOf(account.handle());
  }

  @Override
  public String link() {
    return EntityScanner.SHORT;
  }

  @Override
  public int longest() {
    return 4_000;
  }

  @Override
  public boolean tellsSurroundings() {
    return true;
  }

  @Override
  public boolean tellsConversation() {
    return true;
  }

  @Override
  public boolean linksAnyName() {
    return true;
  }
}
