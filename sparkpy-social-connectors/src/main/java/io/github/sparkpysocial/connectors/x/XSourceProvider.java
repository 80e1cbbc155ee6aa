package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens listings of X:
 *
 * <ul>
 *   <li>{@code x:search?q=apache+spark&since=2026-11-16&until=2026-11-20T12:00:00Z}: the posts of
 *       the last seven days that match a query, newest first; of all time with {@code archive=true}
 *   <li>{@code x:user/NAME/posts?exclude=replies,retweets}: what an account posted, newest first,
 *       also with {@code since} and {@code until}
 *   <li>{@code x:posts?ids=20,1460323737035677698}: posts by id, with what became of each
 *   <li>{@code x:users?names=ada,bob}: accounts by name, with what became of each
 *   <li>{@code x:v1/search?q=spark&until=2026-11-16}: a search by API v1.1, for old apps; see
 *       {@link XV1Client} for its credentials
 * </ul>
 *
 * <p>And live streams:
 *
 * <ul>
 *   <li>{@code x:stream}: what matches the rules of the app's filtered stream. {@code
 *       x:stream?rule=spark+lang:en}: what matches this rule of them; with {@code
 *       manage=true&tag=NAME} it is added if it is not there, with this tag. Rules are never
 *       deleted
 *   <li>{@code x:sample}: one post in a hundred, where X allows it
 *   <li>both with {@code takeover=true}: when X refuses because the app has another connection to
 *       the stream, that one is closed
 * </ul>
 *
 * <p>The bearer token of the app is taken from {@code X_BEARER_TOKEN}.
 */
public final class XSourceProvider implements SourceProvider {
  private static final String KNOWN =
      "X has x:search?q=apache+spark (with since, until, archive=true),"
          + " x:user/NAME/posts (with since, until, exclude=replies,retweets),"
          + " x:posts?ids=20,21, x:users?names=ada,bob,"
          + " x:v1/search?q=spark (with until) by API v1.1,"
          + " and live x:stream?rule=spark&manage=true and x:sample; counts, usage, rules and connections are"
          + " calls of XClient";

  /** X takes rules of up to 1,024 characters; Enterprise accounts up to 4,096. */
  private static final int LONGEST_RULE = 4_096;

  private static final Pattern USER_POSTS = Pattern.compile("user/([^/]*)/posts");

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public XSourceProvider() {}

  @Override
  public String scheme() {
    return "x";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    Matcher user = USER_POSTS.matcher(uri.location());
    if (user.matches()) {
      return userPosts(uri, user.group(1), options);
    }
    return switch (uri.location()) {
      case "search" -> search(uri, options);
      case "posts" -> posts(uri, options);
      case "users" -> users(uri, options);
      case "v1/search" -> v1Search(uri, options);
      case "stream", "sample" ->
          throw new IllegalArgumentException(
              uri + " is a live stream, not a listing; open it with Places.openLive");
      default -> throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
    };
  }

  private static RecordSource search(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("q", "since", "until", "archive", "endpoint"));
    return new XSearchSource(
        uri,
        options,
        XApi.open(uri, options),
        flag(uri, "archive") ? XSearchSource.Reach.ARCHIVE : XSearchSource.Reach.RECENT,
        query(uri),
        Times.parameter(uri, "since"),
        Times.parameter(uri, "until"));
  }

  private static String query(PlaceUri uri) {
    String query = uri.parameter("q");
    if (query == null || query.isBlank()) {
      throw new IllegalArgumentException(
          "The query is missing in " + uri + "; write it as x:search?q=apache+spark");
    }
    return query;
  }

  private static RecordSource v1Search(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("q", "until", "endpoint"));
    String until = uri.parameter("until");
    LocalDate day = null;
    if (until != null) {
      try {
        day = LocalDate.parse(until);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "The parameter 'until' in " + uri + " is a day such as 2026-11-16", e);
      }
    }
    return new XV1SearchSource(uri, options, XV1Client.open(uri, options), query(uri), day);
  }

  private static RecordSource userPosts(PlaceUri uri, String name, SourceOptions options) {
    checkParameters(uri, Set.of("since", "until", "exclude", "endpoint"));
    String plain = name.startsWith("@") ? name.substring(1) : name;
    if (!plain.matches(XUsersSource.NAME)) {
      throw new IllegalArgumentException(
          "The name in " + uri + " is of up to 15 letters, digits and underscores");
    }
    return new XUserPostsSource(
        uri,
        options,
        XApi.open(uri, options),
        plain,
        exclude(uri),
        Times.parameter(uri, "since"),
        Times.parameter(uri, "until"));
  }

  private static @Nullable String exclude(PlaceUri uri) {
    return uri.parameter("exclude") == null
        ? null
        : String.join(
            ",", XList.parameter(uri, "exclude", "replies|retweets", "replies and retweets"));
  }

  private static RecordSource posts(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("ids", "endpoint"));
    List<String> ids = XList.parameter(uri, "ids", "\\d{1,19}", "numbers of up to 19 digits");
    return new XPostsSource(uri, options, XApi.open(uri, options), ids);
  }

  private static RecordSource users(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("names", "endpoint"));
    List<String> names =
        XList.parameter(
            uri,
            "names",
            XUsersSource.NAME,
            "names of up to 15 letters, digits and underscores, without @,");
    return new XUsersSource(uri, options, XApi.open(uri, options), names);
  }

  @Override
  public boolean isLive(PlaceUri uri) {
    return uri.location().equals("stream") || uri.location().equals("sample");
  }

  @Override
  public LiveSource openLive(PlaceUri uri, SourceOptions options) {
    if (!isLive(uri)) {
      throw new IllegalArgumentException("There is no live stream " + uri + "; " + KNOWN);
    }
    if (uri.location().equals("sample")) {
      checkParameters(uri, Set.of("takeover", "endpoint"));
      return live(uri, options, XLiveSource.Kind.SAMPLE, null);
    }
    checkParameters(uri, Set.of("rule", "tag", "manage", "takeover", "endpoint"));
    String rule = uri.parameter("rule");
    if (rule == null && (flag(uri, "manage") || uri.parameter("tag") != null)) {
      throw new IllegalArgumentException(
          "The rule is missing in " + uri + "; write it as x:stream?rule=spark&manage=true");
    }
    if (rule != null && (rule.isBlank() || rule.codePointCount(0, rule.length()) > LONGEST_RULE)) {
      throw new IllegalArgumentException(
          "The rule in " + uri + " has from 1 to " + LONGEST_RULE + " characters");
    }
    return live(
        uri,
        options,
        XLiveSource.Kind.FILTERED,
        rule == null ? null : new XRules.Rule(null, rule, uri.parameter("tag")));
  }

  private static LiveSource live(
      PlaceUri uri, SourceOptions options, XLiveSource.Kind kind, XRules.@Nullable Rule rule) {
    return new XLiveSource(
        uri,
        options,
        XApi.open(uri, options),
        new XLiveSource.Settings(kind, rule, flag(uri, "manage"), flag(uri, "takeover")));
  }

  private static boolean flag(PlaceUri uri, String name) {
    String value = uri.parameter(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(
          "The parameter '" + name + "' in " + uri + " is true or false");
    }
    return "true".equals(value);
  }

  private static void checkParameters(PlaceUri uri, Set<String> known) {
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown parameter '" + name + "' in " + uri + "; " + KNOWN);
      }
    }
  }
}
