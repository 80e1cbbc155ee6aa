package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHOrganization;
import org.kohsuke.github.GHRateLimit;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * The typed calls of hub4j/github-api over our own transport, which signs, waits and tries again;
 * the library's own handlers never sleep. It serves single objects: its listings cannot start at a
 * page, and its lazy properties cost requests nobody sees. Answers are kept, so that raw JSON
 * survives. Used by one thread.
 */
final class HubBridge implements GitHubConnector {
  private final GitHubApi api;
  private final Map<String, HttpResponse> answers = new HashMap<>();

  private HubBridge(GitHubApi api) {
    this.api = api;
  }

  /**
   * A repository and the languages it is written in.
   *
   * @param answer GitHub's answer about the repository
   * @param languages bytes by language
   */
  record Known(HttpResponse answer, Map<String, Long> languages) {}

  /**
   * Asks for a repository, under its present name if it was renamed.
   *
   * @param withLanguages whether to ask for its languages, too
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses
   */
  static Known repository(GitHubApi api, String fullName, boolean withLanguages)
      throws InterruptedException {
    return call(
        api,
        fullName,
        (bridge, hub) -> {
          GHRepository repository = hub.getRepository(fullName);
          if (repository == null) {
            throw new IOException("hub4j gives nothing for a 202"); // whatever it is about
          }
          Map<String, Long> languages = withLanguages ? languages(bridge, repository) : Map.of();
          return new Known(bridge.answer("/repos/" + fullName), languages);
        });
  }

  /**
   * Asks for an account.
   *
   * @return GitHub's answer about it
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses
   */
  static HttpResponse user(GitHubApi api, String login) throws InterruptedException {
    return call(
        api,
        login,
        (bridge, hub) -> {
          GHUser user = hub.getUser(login);
          return bridge.answer("/users/" + user.getLogin(), "/users/" + login);
        });
  }

  /**
   * Asks for an organisation.
   *
   * @return GitHub's answer about it
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses
   */
  static HttpResponse organization(GitHubApi api, String login) throws InterruptedException {
    return call(
        api,
        login,
        (bridge, hub) -> {
          GHOrganization organization = hub.getOrganization(login);
          return bridge.answer("/orgs/" + organization.getLogin(), "/orgs/" + login);
        });
  }

  /**
   * Asks how its limits stand, which costs nothing.
   *
   * @return the resources in use here; empty if the server keeps no limits
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses
   */
  static List<RateLimit> rateLimits(GitHubApi api) throws InterruptedException {
    return call(
        api,
        "the rate limits",
        (bridge, hub) -> {
          GHRateLimit limits = hub.getRateLimit();
          return bridge.answers.containsKey("/rate_limit")
              ? List.of(
                  limit("GitHub core", limits.getCore()),
                  limit("GitHub search", limits.getSearch()),
                  limit("GitHub graphql", limits.getGraphQL()))
              : List.of();
        });
  }

  private static RateLimit limit(String key, GHRateLimit.Record record) {
    return new RateLimit(
        key,
        (long) record.getLimit(),
        (long) record.getRemaining(),
        Instant.ofEpochSecond(record.getResetEpochSeconds()),
        null);
  }

  /** What is asked of the library. */
  private interface Call<T> {
    T on(HubBridge bridge, GitHub hub) throws IOException;
  }

  private static <T> T call(GitHubApi api, String what, Call<T> call) throws InterruptedException {
    HubBridge bridge = new HubBridge(api);
    try {
      return call.on(
          bridge,
          new GitHubBuilder()
              .withEndpoint(api.base().toString())
              .withConnector(bridge)
              .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
              .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
              .build());
    } catch (InterruptedIOException e) {
      Thread.interrupted(); // the flag was set for the library; the exception carries it from here
      InterruptedException interrupted = new InterruptedException(e.getMessage());
      interrupted.initCause(e);
      throw interrupted;
    } catch (IOException e) {
      HttpResponse refused = bridge.refused;
      if (refused != null) {
        throw GitHubErrors.of(HttpRequest.get(refused.uri()), refused);
      }
      throw new TransportException("GitHub's answer about " + what + " cannot be read", e);
    }
  }

  private static Map<String, Long> languages(HubBridge bridge, GHRepository repository)
      throws IOException {
    Map<String, Long> languages = repository.listLanguages();
    if (languages.containsValue(-1L)) {
      // hub4j 1.330 gives -1 for everything beyond 2 GiB; the answer itself is right.
      Map<String, Long> exact = new HashMap<>();
      JsonDocument.of(bridge.answer("/repos/" + repository.getFullName() + "/languages"))
          .root()
          .properties()
          .forEach(entry -> exact.put(entry.getKey(), entry.getValue().asLong()));
      return exact;
    }
    return languages;
  }

  private @Nullable HttpResponse refused;

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    HttpRequest ours = HttpRequest.get(URI.create(request.url().toString()));
    if (!request.method().equals("GET")) {
      throw new InvalidQueryException("Only reading calls go through this bridge");
    }
    String accept = request.header("Accept");
    try {
      HttpResponse response =
          api.send(ours.withHeader("Accept", accept == null ? GitHubApi.JSON : accept));
      if (response.isSuccess()) {
        answers.put(ours.uri().getPath(), response);
      } else {
        refused = response;
      }
      return new Answer(request, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("Interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** Returns the answer to the first of these paths that was asked. */
  private HttpResponse answer(String... paths) {
    for (String path : paths) {
      HttpResponse response = answers.get(path);
      if (response != null) {
        return response;
      }
    }
    throw new TransportException("GitHub gave no answer about " + paths[0]);
  }

  /** One of our answers as the library wants it. */
  private static final class Answer extends GitHubConnectorResponse {
    private final HttpResponse response;

    Answer(GitHubConnectorRequest request, HttpResponse response) {
      super(request, response.status(), withoutEncoding(response.headers()));
      this.response = response;
    }

    /** The body is decoded already, and the library would decode it again. */
    private static Map<String, List<String>> withoutEncoding(Headers headers) {
      return headers.without("Content-Encoding").asMap();
    }

    @Override
    public InputStream bodyStream() {
      return response.stream();
    }

    @Override
    public void close() {}
  }
}
