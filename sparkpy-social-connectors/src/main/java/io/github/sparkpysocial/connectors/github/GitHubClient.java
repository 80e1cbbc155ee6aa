package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.UserAgent;
import io.github.sparkpysocial.limit.RateLimit;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * GitHub for programs that want types instead of URIs. Listings are lazy: nothing is asked until
 * their records are read. All share the limits of the options they were opened with, and wait as
 * these say.
 *
 * <pre>{@code
 * GitHubClient github = GitHubClient.open(SourceOptions.fromEnvironment());
 * Repository spark = github.repository("apache/spark");
 * long recent = github.stargazers("apache/spark").records().filter(...).count();
 * }</pre>
 *
 * <p>Methods that ask at once throw {@link io.github.sparkpysocial.SocialException} if GitHub
 * refuses or cannot be reached. Thread-safe.
 */
public final class GitHubClient {
  private final SourceOptions options;
  private final GitHubApi api;

  private GitHubClient(SourceOptions options) {
    this.options = options;
    this.api = GitHubApi.open(PlaceUri.parse("github:client"), options);
  }

  /**
   * Opens a client; makes no request yet.
   *
   * @param options with the token in {@code GITHUB_TOKEN}, or a sandbox in {@code SPARKPY_SANDBOX}
   */
  public static GitHubClient open(SourceOptions options) {
    return new GitHubClient(Objects.requireNonNull(options, "options"));
  }

  /** Asks for a repository with all its languages, under its present name if it was renamed. */
  public Repository repository(String fullName) throws InterruptedException {
    if (!fullName.matches("[^/\\s]+/[^/\\s]+")) {
      throw new IllegalArgumentException(
          "A repository is OWNER/REPO, such as apache/spark, was '" + fullName + "'");
    }
    String uri = place(fullName + "/languages");
    HubBridge.Known known = HubBridge.repository(api, fullName, true);
    JsonDocument answer = JsonDocument.of(known.answer());
    return read(
        uri,
        () -> records(uri).repository(answer.root(), known.answer().text(), known.languages()));
  }

  /** Asks for the account of a person, a bot or an organisation. */
  public Account user(String login) throws InterruptedException {
    return profile(login, HubBridge.user(api, checked(login)));
  }

  /** Asks for an organisation. */
  public Account organization(String login) throws InterruptedException {
    return profile(login, HubBridge.organization(api, checked(login)));
  }

  /**
   * Asks how the limits stand, by the server's clock; costs nothing.
   *
   * @return those of {@code core}, {@code search} and {@code graphql}; empty if the server keeps
   *     none
   */
  public List<RateLimit> rateLimits() throws InterruptedException {
    return HubBridge.rateLimits(api);
  }

  /** Lists the repositories of an organisation. */
  public GitHubListing<Repository> repositories(String organization) {
    return listing(organization + "/repos", Repository.class);
  }

  /** Lists who belongs to an organisation, as {@link Interaction.Type#MEMBERSHIP}. */
  public GitHubListing<Interaction> members(String organization) {
    return listing(organization + "/members", Interaction.class);
  }

  /** Lists who starred a repository and when, oldest first, however many they are. */
  public GitHubListing<Interaction> stargazers(String fullName) {
    return listing(fullName + "/stargazers", Interaction.class);
  }

  /** Lists who starred a repository and when, newest first; needs a token. */
  public GitHubListing<Interaction> newestStargazers(String fullName) {
    return listing(fullName + "/stargazers?api=graphql", Interaction.class);
  }

  /** Lists who wrote how many commits, people without an account included. */
  public GitHubListing<Interaction> contributors(String fullName) {
    return listing(fullName + "/contributors", Interaction.class);
  }

  /** Lists who wrote how many commits in which week, the 100 busiest. */
  public GitHubListing<Interaction> weeklyContributions(String fullName) {
    return listing(fullName + "/stats/contributors", Interaction.class);
  }

  /** Lists the commits of a repository's default branch, newest first. */
  public GitHubListing<Interaction> commits(String fullName) {
    return commits(fullName, Map.of());
  }

  /**
   * Lists the commits of a repository, newest first.
   *
   * @param choice which, by GitHub's names: {@code since}, {@code until}, {@code author}, {@code
   *     committer}, {@code path}, {@code sha}
   * @throws IllegalArgumentException if a name is none of these
   */
  public GitHubListing<Interaction> commits(String fullName, Map<String, String> choice) {
    StringBuilder uri = new StringBuilder(fullName).append("/commits");
    char separator = '?';
    for (Map.Entry<String, String> one : choice.entrySet()) {
      uri.append(separator).append(one.getKey()).append('=').append(Query.encode(one.getValue()));
      separator = '&';
    }
    return listing(uri.toString(), Interaction.class);
  }

  /** Lists who watches a repository. */
  public GitHubListing<Interaction> watchers(String fullName) {
    return listing(fullName + "/watchers", Interaction.class);
  }

  /** Lists the forks of a repository, newest first. */
  public GitHubListing<Repository> forks(String fullName) {
    return listing(fullName + "/forks", Repository.class);
  }

  /**
   * Lists what happened in a repository or an organisation, newest first, within GitHub's horizon
   * of 300 events and 30 days: stars, forks, pushes and more as interactions, what was written as
   * posts.
   *
   * @param name {@code OWNER/REPO}, or the name of an organisation
   */
  public GitHubListing<SocialRecord> events(String name) {
    return listing(name + "/events", SocialRecord.class);
  }

  /** Lists the repositories that a search finds, also if there are more than 1,000. */
  public GitHubListing<Repository> search(String query) {
    return listing("search?q=" + Query.encode(query), Repository.class);
  }

  private <R extends SocialRecord> GitHubListing<R> listing(String location, Class<R> type) {
    PlaceUri uri = PlaceUri.parse(place(location));
    return new GitHubListing<>(new GitHubSourceProvider().open(uri, options), type);
  }

  private static String place(String location) {
    return "github:" + location;
  }

  private static String checked(String login) {
    if (!login.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\\[bot])?")) {
      throw new IllegalArgumentException("'" + login + "' is no login of GitHub");
    }
    return login;
  }

  private Account profile(String login, HttpResponse response) {
    String uri = place(login);
    return read(uri, () -> records(uri).profile(JsonDocument.of(response).root(), response.text()));
  }

  private GitHubRecords records(String uri) {
    return new GitHubRecords(new Provenance(uri, options.clock().instant(), UserAgent.value()));
  }

  private static <R> R read(String uri, java.util.function.Supplier<R> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new TransportException(
          "GitHub's answer about " + uri + " cannot be read: " + e.getMessage(), e);
    }
  }
}
