package io.github.sparkpysocial.samples.book;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.github.GitHubClient;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An organisation on GitHub: its repositories, and of the one with the most stars its languages,
 * who starred it and who commits to it.
 */
public final class GitHubCommunity {
  private GitHubCommunity() {}

  /**
   * What was found.
   *
   * @param repositories the most starred first
   * @param first the first of them, with all its languages
   * @param stargazers who starred it, and when
   * @param commits how many commits each wrote
   */
  record Found(
      List<Repository> repositories,
      Repository first,
      List<Interaction> stargazers,
      Map<String, Long> commits) {}

  /** Shows an organisation of the sandbox. */
  public static void main(String[] args) throws InterruptedException {
    try (Sandbox sandbox = Sandbox.start(Community.builder().build())) {
      // SourceOptions.fromEnvironment() asks GitHub, with the token in GITHUB_TOKEN: then "apache".
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      Found found = look(GitHubClient.open(options), Community.ORGANIZATION);
      found.repositories().forEach(r -> System.out.println(r.stars() + "  " + r.fullName()));
      found.first().languages().forEach(System.out::println);
      System.out.println(found.stargazers().size() + " stargazers");
      System.out.println(found.commits());
    }
  }

  /** Asks for it all; the pages of each listing are followed to the end. */
  static Found look(GitHubClient github, String organization) throws InterruptedException {
    List<Repository> repositories;
    try (Stream<Repository> listed = github.repositories(organization).records()) {
      repositories =
          listed.sorted(Comparator.comparing(GitHubCommunity::stars).reversed()).toList();
    }
    String name = repositories.get(0).fullName();
    try (Stream<Interaction> stars = github.stargazers(name).records();
        Stream<Interaction> commits = github.commits(name).records()) {
      return new Found(
          repositories,
          github.repository(name),
          stars.toList(),
          commits.collect(groupingBy(commit -> commit.actor().label(), counting())));
    }
  }

  private static long stars(Repository repository) {
    return repository.stars() == null ? 0 : repository.stars();
  }
}
