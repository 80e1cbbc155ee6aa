package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How Mastodon spells posts. An id is the instance where the post was written and its id there,
 * which is 48 bits of time and 16 that tell posts of one millisecond apart.
 */
final class MastodonVoice implements Voice {

  @Override
  public Network network() {
    return Network.MASTODON;
  }

  @Override
  public String id(Account author, boolean repost, Instant createdAt, int index) {
    String host = host(author.id());
    // Each instance counts for itself: what is told of others differs from what the own one counts.
    int count = host.equals(Community.INSTANCE) ? index : index ^ 0x5555;
    return host + '/' + ((createdAt.toEpochMilli() << 16) | (count & 0xFFFF));
  }

  private static String host(String accountId) {
    return accountId.substring(accountId.indexOf('@') + 1);
  }

  @Override
  public OptionalLong writtenMillis(String id) {
    String digits = id.substring(id.indexOf('/') + 1);
    return digits.length() == id.length() || !digits.matches("[1-9][0-9]{11,17}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(digits) >>> 16);
  }

  @Override
  public boolean tellsReposts() {
    return false;
  }

  @Override
  public String url(Account author, String id, boolean repost) {
    String number = id.substring(id.indexOf('/') + 1);
    return repost
        ? "https://"
            + host(author.id())
            + "/users/"
            + mention(author)
            + "/statuses/"
            + number
            + "/activity"
        : author.url() + '/' + number;
  }

  @Override
  public String mention(Account account) {
    return account.id().substring(0, account.id().indexOf('@'));
  }

  @Override
  public String link() {
    return "https://" + NOTES;
  }

  @Override
  public int longest() {
    return 500;
  }

  @Override
  public boolean tellsSurroundings() {
    return false;
  }

  @Override
  public boolean tellsConversation() {
    return false;
  }

  @Override
  public boolean linksAnyName() {
    return false;
  }
}
