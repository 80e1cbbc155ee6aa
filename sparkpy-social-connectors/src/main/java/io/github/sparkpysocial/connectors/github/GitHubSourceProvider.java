package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.ConditionalCache;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens listings of GitHub:
 *
 * <ul>
 *   <li>{@code github:apache/repos}: the repositories of an organisation
 *   <li>{@code github:apache/members}: who belongs to it
 *   <li>{@code github:apache/events}: what happened in it, newest first
 *   <li>{@code github:apache/spark/languages}: a repository with all languages it is written in
 *   <li>{@code github:apache/spark/stargazers}: who starred it and when, oldest first, by REST and
 *       beyond 40,000 by GraphQL; {@code ?api=graphql} newest first, {@code ?api=rest} no more than
 *       40,000
 *   <li>{@code github:apache/spark/contributors}: who wrote how many commits
 *   <li>{@code github:apache/spark/commits?since=2026-11-01&until=2026-11-20}: its commits, newest
 *       first; also {@code author}, {@code committer}, {@code path}, {@code sha} as GitHub knows
 *       them
 *   <li>{@code github:apache/spark/watchers}: who is told of what happens in it
 *   <li>{@code github:apache/spark/forks}: who forked it and when, newest first, with the forks
 *   <li>{@code github:apache/spark/events}: what happened in it, newest first
 *   <li>{@code github:apache/spark/stats/contributors}: who wrote how many commits in which week
 *   <li>{@code github:search?q=topic%3Aapache-spark}: the repositories that a search finds, also
 *       more than 1,000
 *   <li><code>github:apache/&#42;/stargazers</code>: one of these of all repositories of an
 *       organisation, one after the other
 * </ul>
 *
 * <p>The token is taken from {@code GITHUB_TOKEN}; without one GitHub allows 60 requests an hour.
 */
public final class GitHubSourceProvider implements SourceProvider {
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.-])?";
  private static final Pattern ORGANIZATION = Pattern.compile("(" + NAME + ")/([a-z]+)");
  private static final Pattern REPOSITORY =
      Pattern.compile("(" + NAME + "/[A-Za-z0-9_.-]+)/([a-z]+(?:/[a-z_]+)?)");
  private static final Set<String> COMMIT_PARAMETERS =
      Set.of("since", "until", "author", "committer", "path", "sha");
  private static final String KNOWN =
      "GitHub has github:ORG/{repos,members,events},"
          + " github:OWNER/REPO/{languages,stargazers?api=,contributors,watchers,forks,events,"
          + "stats/contributors,commits?since=&until=&author=&committer=&path=&sha=} and"
          + " github:search?q=";

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public GitHubSourceProvider() {}

  @Override
  public String scheme() {
    return "github";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    if (uri.location().equals("search")) {
      checkParameters(uri, Set.of("q"));
      return new SearchSource(uri, options, GitHubApi.open(uri, options));
    }
    Matcher organization = ORGANIZATION.matcher(uri.location());
    if (organization.matches()) {
      return ofOrganization(uri, options, organization.group(1), organization.group(2));
    }
    Matcher repository = REPOSITORY.matcher(uri.location());
    if (!repository.matches() || repository.group(1).contains("..")) {
      throw unknown(uri);
    }
    return ofRepository(uri, options, repository.group(1), repository.group(2));
  }

  private static RecordSource ofOrganization(
      PlaceUri uri, SourceOptions options, String name, String listing) {
    checkParameters(uri, Set.of());
    return switch (listing) {
      case "repos" -> new RepositoriesSource(uri, options, GitHubApi.open(uri, options), name);
      case "members" -> new MembersSource(uri, options, GitHubApi.open(uri, options), name);
      case "events" -> events(uri, options, "/orgs/" + name + "/events");
      default -> throw unknown(uri);
    };
  }

  private static RecordSource ofRepository(
      PlaceUri uri, SourceOptions options, String fullName, String listing) {
    checkParameters(
        uri,
        switch (listing) {
          case "commits" -> COMMIT_PARAMETERS;
          case "stargazers" -> Set.of("api");
          default -> Set.of();
        });
    GitHubApi api = GitHubApi.open(uri, options);
    return switch (listing) {
      case "languages" -> new LanguagesSource(uri, options, api, fullName);
      case "stargazers" -> new StargazersSource(uri, options, api, fullName);
      case "contributors" -> new ContributorsSource(uri, options, api, fullName);
      case "commits" -> new CommitsSource(uri, options, api, fullName);
      case "watchers" -> new WatchersSource(uri, options, api, fullName);
      case "forks" -> new ForksSource(uri, options, api, fullName);
      case "events" -> events(uri, options, "/repos/" + fullName + "/events");
      case "stats/contributors" -> new StatisticsSource(uri, options, api, fullName);
      default -> throw unknown(uri);
    };
  }

  /** A feed is polled, so that its ETag is kept whatever the options say. */
  private static RecordSource events(PlaceUri uri, SourceOptions options, String path) {
    SourceOptions polled =
        options.cache() == null ? options.withCache(ConditionalCache.shared()) : options;
    return new EventsSource(uri, polled, GitHubApi.open(uri, polled), path);
  }

  private static IllegalArgumentException unknown(PlaceUri uri) {
    return new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
  }

  @Override
  public @Nullable NestedListing nested(PlaceUri uri) {
    return GitHubNested.of(uri);
  }

  private static void checkParameters(PlaceUri uri, Set<String> known) {
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name) && !name.equals("endpoint")) {
        throw new IllegalArgumentException(
            "Unknown parameter '" + name + "' in " + uri + "; " + KNOWN);
      }
    }
  }
}
