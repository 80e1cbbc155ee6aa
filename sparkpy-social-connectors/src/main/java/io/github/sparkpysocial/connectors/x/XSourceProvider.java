package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens listings of X:
 *
 * <ul>
 *   <li>{@code x:search?q=apache+spark&since=2026-11-16&until=2026-11-20T12:00:00Z}: the posts of
 *       the last seven days that match a query, newest first
 *   <li>{@code x:posts?ids=20,1460323737035677698}: posts by id, with what became of each
 * </ul>
 *
 * <p>The bearer token of the app is taken from {@code X_BEARER_TOKEN}.
 */
public final class XSourceProvider implements SourceProvider {
  private static final String KNOWN =
      "X has x:search?q=apache+spark&since=2026-11-16&until=2026-11-20 and x:posts?ids=20,21";

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public XSourceProvider() {}

  @Override
  public String scheme() {
    return "x";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    return switch (uri.location()) {
      case "search" -> search(uri, options);
      case "posts" -> posts(uri, options);
      default -> throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
    };
  }

  private static RecordSource search(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("q", "since", "until", "endpoint"));
    String query = uri.parameter("q");
    if (query == null || query.isBlank()) {
      throw new IllegalArgumentException(
          "The query is missing in " + uri + "; write it as x:search?q=apache+spark");
    }
    Instant since = time(uri, "since");
    Instant until = time(uri, "until");
    return new XSearchSource(uri, options, XApi.open(uri, options), query, since, until);
  }

  private static RecordSource posts(PlaceUri uri, SourceOptions options) {
    checkParameters(uri, Set.of("ids", "endpoint"));
    String given = uri.parameter("ids");
    List<String> ids =
        given == null
            ? List.of()
            : List.copyOf(new LinkedHashSet<>(List.of(given.strip().split("\\s*,\\s*"))));
    if (ids.isEmpty() || !ids.stream().allMatch(id -> id.matches("\\d{1,19}"))) {
      throw new IllegalArgumentException(
          "The ids in " + uri + " are numbers of up to 19 digits with commas between them");
    }
    return new XPostsSource(uri, options, XApi.open(uri, options), ids);
  }

  private static void checkParameters(PlaceUri uri, Set<String> known) {
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown parameter '" + name + "' in " + uri + "; " + KNOWN);
      }
    }
  }

  private static @Nullable Instant time(PlaceUri uri, String name) {
    return Times.parameter(uri, name);
  }
}
