package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens listings of GitHub:
 *
 * <ul>
 *   <li>{@code github:apache/repos}: the repositories of an organisation
 *   <li>{@code github:apache/spark/languages}: a repository with all languages it is written in
 *   <li>{@code github:apache/spark/stargazers}: who starred it and when, oldest first
 *   <li>{@code github:apache/spark/contributors}: who wrote how many commits
 *   <li>{@code github:apache/spark/commits?since=2026-11-01&until=2026-11-20}: its commits, newest
 *       first
 * </ul>
 *
 * <p>The token is taken from {@code GITHUB_TOKEN}; without one GitHub allows 60 requests an hour.
 */
public final class GitHubSourceProvider implements SourceProvider {
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.-])?";
  private static final Pattern ORGANIZATION = Pattern.compile("(" + NAME + ")/repos");
  private static final Pattern REPOSITORY =
      Pattern.compile("(" + NAME + "/[A-Za-z0-9_.-]+)/([a-z]+)");
  private static final String KNOWN =
      "GitHub has github:ORG/repos and"
          + " github:OWNER/REPO/{languages,stargazers,contributors,commits?since=&until=}";

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public GitHubSourceProvider() {}

  @Override
  public String scheme() {
    return "github";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    Matcher organization = ORGANIZATION.matcher(uri.location());
    if (organization.matches()) {
      checkParameters(uri, Set.of("endpoint"));
      return new RepositoriesSource(
          uri, options, GitHubApi.open(uri, options), organization.group(1));
    }
    Matcher repository = REPOSITORY.matcher(uri.location());
    if (!repository.matches() || repository.group(1).contains("..")) {
      throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
    }
    String fullName = repository.group(1);
    String listing = repository.group(2);
    checkParameters(
        uri, listing.equals("commits") ? Set.of("since", "until", "endpoint") : Set.of("endpoint"));
    GitHubApi api = GitHubApi.open(uri, options);
    return switch (listing) {
      case "languages" -> new LanguagesSource(uri, options, api, fullName);
      case "stargazers" -> new StargazersSource(uri, options, api, fullName);
      case "contributors" -> new ContributorsSource(uri, options, api, fullName);
      case "commits" ->
          new CommitsSource(
              uri,
              options,
              api,
              fullName,
              Times.parameter(uri, "since"),
              Times.parameter(uri, "until"));
      default -> throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
    };
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
