package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The listings of all repositories of an organisation: <code>github:ORG/&#42;/stargazers</code>.
 * Its parameters go to each of them.
 */
final class GitHubNested {
  private static final Pattern WHOLE =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]*)/\\*/([a-z][a-z/-]*)");
  private static final String ENDPOINT = "endpoint";

  private GitHubNested() {}

  static @Nullable NestedListing of(PlaceUri uri) {
    Matcher whole = WHOLE.matcher(uri.location());
    if (!whole.matches()) {
      return null;
    }
    String listing = whole.group(2);
    String parameters = query(uri.parameters());
    String endpoint = uri.parameter(ENDPOINT);
    PlaceUri outer =
        PlaceUri.parse(
            "github:"
                + whole.group(1)
                + "/repos"
                + query(endpoint == null ? Map.of() : Map.of(ENDPOINT, endpoint)));
    return new NestedListing(
        uri,
        outer,
        record ->
            record instanceof Repository repository
                ? List.of(
                    PlaceUri.parse("github:" + repository.fullName() + '/' + listing + parameters))
                : List.of());
  }

  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry -> Query.encode(entry.getKey()) + '=' + Query.encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }
}
