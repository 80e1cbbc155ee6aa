package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes ids that are the same on every instance; the package's page says how. */
final class MastodonIds {
  /** Addresses of posts as Mastodon and those who follow it write them, also in the year 2017. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://([^/@\\s]+)/(?:users/[^/\\s]+|ap/users/[^/\\s]+)/statuses/([0-9A-Za-z]+)(?:/activity)?"
              + "|tag:([^,:/\\s]+),\\d{4}-\\d\\d-\\d\\d:objectId=(\\d+):objectType=Status");

  private MastodonIds() {}

  /**
   * Returns the id of a post.
   *
   * @param host the instance that was asked
   * @throws IllegalArgumentException if it has neither an address nor a number
   */
  static String post(String host, JsonNode status) {
    String address = Json.nonEmpty(status, "uri");
    if (address == null) {
      return local(host, Json.required(status, "id"));
    }
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return address;
    }
    return matcher.group(1) != null
        ? local(matcher.group(1), matcher.group(2))
        : local(matcher.group(3), matcher.group(4));
  }

  /** Returns the id of a post that was written on an instance. */
  static String local(String host, String number) {
    return host.toLowerCase(Locale.ROOT) + '/' + number;
  }

  /**
   * Returns the id of an account or of one that is mentioned.
   *
   * @throws IllegalArgumentException if it has no name
   */
  static String account(String host, JsonNode account) {
    String acct = Json.nonEmpty(account, "acct");
    String username = Json.nonEmpty(account, "username");
    if (username == null) {
      username = Json.required(account, "acct").replaceFirst("@.*", "");
    }
    String page = host(Json.nonEmpty(account, "url"));
    if (page == null) {
      page = acct != null && acct.contains("@") ? acct.substring(acct.indexOf('@') + 1) : host;
    }
    return username + '@' + page.toLowerCase(Locale.ROOT);
  }

  /** Returns the name by which an account is known on all instances. */
  static String handle(String host, JsonNode account) {
    String acct = Json.nonEmpty(account, "acct");
    return acct != null && acct.contains("@") ? acct : account(host, account);
  }

  private static @Nullable String host(@Nullable String address) {
    try {
      return address == null ? null : URI.create(address).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Compares two numbers of one instance, which grow with time: numbers, ULIDs, flake ids. */
  static int compare(String one, String other) {
    int byLength = Integer.compare(one.length(), other.length());
    return byLength != 0 ? byLength : one.compareTo(other);
  }
}
