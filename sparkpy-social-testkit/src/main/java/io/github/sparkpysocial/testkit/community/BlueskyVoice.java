package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Bluesky spells posts. An id is the address of a record in its author's repository; its key is
 * a <a href="https://atproto.com/specs/tid">TID</a>: 53 bits of microseconds and 10 bits more, in
 * base 32.
 */
final class BlueskyVoice implements Voice {
  private static final String DIGITS = "234567abcdefghijklmnopqrstuvwxyz";
  private static final Pattern ID =
      Pattern.compile("at://did:[a-z]+:[a-z0-9.]+/app\\.bsky\\.feed\\.(?:re)?post/([2-7a-z]{13})");

  @Override
  public Network network() {
    return Network.BLUESKY;
  }

  @Override
  public String id(Account author, boolean repost, Instant createdAt, int index) {
    return "at://"
        + author.id()
        + (repost ? "/app.bsky.feed.repost/" : "/app.bsky.feed.post/")
        + tid(((createdAt.toEpochMilli() * 1_000) << 10) | (index & 0x3FF));
  }

  static String tid(long value) {
    char[] digits = new char[13];
    long rest = value;
    for (int i = 12; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(digits);
  }

  @Override
  public OptionalLong writtenMillis(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String tid = matcher.group(1);
    long value = 0;
    for (int i = 0; i < tid.length(); i++) {
      value = (value << 5) | DIGITS.indexOf(tid.charAt(i));
    }
    return OptionalLong.of((value >>> 10) / 1_000);
  }

  @Override
  public boolean tellsReposts() {
    return true;
  }

  @Override
  public @Nullable String url(Account author, String id, boolean repost) {
    return repost
        ? null
        : "https://bsky.app/profile/"
            + author.id()
            + "/post/"
            + id.substring(id.lastIndexOf('/') + 1);
  }

  @Override
  public String mention(Account account) {
    return String.valueOf(account.handle());
  }

  @Override
  public String link() {
    return NOTES; // apps show addresses without their scheme
  }

  @Override
  public int longest() {
    return 300;
  }

  @Override
  public boolean tellsSurroundings() {
    return false;
  }

  @Override
  public boolean tellsConversation() {
    return true;
  }

  @Override
  public boolean linksAnyName() {
    return false;
  }
}
