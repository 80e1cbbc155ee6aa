package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Rng.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The organisation's repositories with their stars, commits and contributors. */
final class CodeForge {
  static final AccountRef OWNER = new AccountRef("2900001", Community.ORGANIZATION, null);

  /** Name, main language, topic, description. */
  private record Idea(String name, String language, String topic, String description) {}

  private static final List<Idea> IDEAS =
      List.of(
          new Idea("lantern", "Scala", "streaming", "Event time windows you can reason about"),
          new Idea("otter-sql", "Java", "sql", "Query plans explained in plain words"),
          new Idea("marmot-ml", "Python", "machine-learning", "Feature pipelines that do not leak"),
          new Idea("teapot", "Scala", "testing", "Small data sets for big tests"),
          new Idea("puffin-kafka", "Java", "kafka", "Kafka offsets kept beside the data"),
          new Idea("skewless", "Scala", "performance", "Finds skewed joins before they find you"),
          new Idea("heron-notebooks", "Jupyter Notebook", "tutorial", "Notebooks of our meetups"),
          new Idea("quokka-charts", "TypeScript", "visualization", "Charts of streaming metrics"),
          new Idea("walrus-lake", "Rust", "parquet", "A Parquet reader for the curious"),
          new Idea("ibex-deploy", "Go", "kubernetes", "Clusters for an afternoon"),
          new Idea("gecko-docs", "HTML", "documentation", "The handbook of the community"),
          new Idea("lynx-lint", "Kotlin", "tooling", "Style checks for data pipelines"),
          new Idea("tapir-udfs", "Java", "udf", "User-defined functions worth sharing"),
          new Idea("badger-jobs", "Python", "airflow", "Nightly jobs with daylight names"),
          new Idea("falcon-features", "Scala", "feature-store", "A feature store in one table"),
          new Idea("toucan-talks", "HTML", "slides", "Slides, all of them"));
  private static final List<String> SIDE_LANGUAGES =
      List.of("Shell", "Python", "Dockerfile", "Java", "HTML", "Makefile", "CSS");
  private static final List<String> LICENSES = List.of("Apache-2.0", "MIT", "BSD-3-Clause");
  private static final List<String> VERBS =
      List.of("Fix", "Add", "Speed up", "Document", "Refactor", "Test", "Remove", "Rename", "Bump");
  private static final List<String> OBJECTS =
      List.of(
          "watermark handling",
          "checkpoint recovery",
          "the join planner",
          "feature hashing",
          "offset commit",
          "CSV header parsing",
          "flaky window test",
          "the README example",
          "broadcast threshold",
          "build on Java 17",
          "state store metrics",
          "null handling in UDFs",
          "the <script> escape in docs",
          "emoji 🎉 in labels");
  private static final List<String> WITHOUT_ACCOUNT =
      List.of("Night Build", "Old Laptop", "Workshop Guest", "Conference WiFi", "Import Script");

  private final long seed;
  private final Instant now;
  private final List<Account> users;
  private final List<Repository> repositories;
  private final Map<String, List<Interaction>> stars = new HashMap<>();
  private final Map<String, List<Interaction>> commits = new HashMap<>();
  private final Map<String, List<Interaction>> contributions = new HashMap<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();

  CodeForge(long seed, Instant now, List<Person> people, int count, int commitCount) {
    this.seed = seed;
    this.now = now;
    this.users = people.stream().flatMap(p -> p.on(Network.GITHUB).stream()).toList();
    Weights shares = Weights.zipf(count - 1, 0.9);
    List<Repository> made = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < count; i++) {
      // The last repository is empty: nothing was ever pushed to it.
      boolean empty = i == count - 1;
      long upTo = empty ? before : Math.round(commitCount * shares.cumulativeShare(i));
      made.add(repository(i, empty, (int) (upTo - before)));
      before = upTo;
    }
    String first = made.get(1).fullName();
    renamed.put(Community.ORGANIZATION + "/old-" + first.substring(first.indexOf('/') + 1), first);
    made.sort(
        Comparator.comparing((Repository r) -> r.stars() == null ? 0L : r.stars())
            .reversed()
            .thenComparing(Repository::fullName));
    this.repositories = List.copyOf(made);
  }

  List<Repository> repositories() {
    return repositories;
  }

  List<Interaction> stars(String repositoryId) {
    return stars.getOrDefault(repositoryId, List.of());
  }

  List<Interaction> commits(String repositoryId) {
    return commits.getOrDefault(repositoryId, List.of());
  }

  List<Interaction> contributions(String repositoryId) {
    return contributions.getOrDefault(repositoryId, List.of());
  }

  Map<String, String> renamed() {
    return Collections.unmodifiableMap(renamed);
  }

  Stream<Ranked> committers() {
    Map<AccountRef, Long> counts = new LinkedHashMap<>();
    for (List<Interaction> all : commits.values()) {
      for (Interaction commit : all) {
        counts.merge(commit.actor(), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream().map(e -> new Ranked(e.getKey(), e.getValue()));
  }

  private Repository repository(int index, boolean empty, int commitCount) {
    Rng rng = Rng.of(seed, Purpose.REPOSITORY, index);
    Idea idea = IDEAS.get(index % IDEAS.size());
    String suffix = index < IDEAS.size() ? "" : "-" + (index / IDEAS.size() + 1);
    String name = empty ? "blank-page" : idea.name() + suffix;
    String fullName = Community.ORGANIZATION + '/' + name;
    String id = Long.toString(410_000_000L + 7_013L * index);
    Instant created =
        now.minus(Duration.ofMinutes((long) ((200 + 1000 * rng.nextDouble()) * 24 * 60)))
            .truncatedTo(ChronoUnit.SECONDS);
    AccountRef target = new AccountRef(id, fullName, null);
    List<Interaction> itsStars = makeStars(index, target, created, empty);
    List<Interaction> itsCommits = makeCommits(index, target, created, commitCount);
    stars.put(id, itsStars);
    commits.put(id, itsCommits);
    contributions.put(id, makeContributions(target, itsCommits));
    Instant pushed = itsCommits.isEmpty() ? created : itsCommits.get(0).createdAt();
    return Repository.builder(Network.GITHUB, id, fullName)
        .owner(OWNER)
        .description(empty ? null : idea.description())
        .language(empty ? null : idea.language())
        .languages(empty ? List.of() : languages(idea.language(), rng))
        .topics(empty ? List.of() : List.of("apache-spark", idea.topic()))
        .stars((long) itsStars.size())
        .forks((long) (itsStars.size() * (0.05 + 0.2 * rng.nextDouble())))
        .openIssues((long) rng.logNormal(1 + itsStars.size() * 0.08, 0.6))
        .license(empty ? null : rng.pickByRank(LICENSES))
        .defaultBranch("main")
        .fork(false)
        .archived(!empty && index > 3 && rng.chance(0.1))
        .createdAt(created)
        .updatedAt(pushed)
        .pushedAt(pushed)
        .url("https://github.com/" + fullName)
        .build();
  }

  private static List<Repository.LanguageShare> languages(String main, Rng rng) {
    List<Repository.LanguageShare> shares = new ArrayList<>();
    long bytes = (long) rng.logNormal(400_000, 0.9) + 1_000;
    shares.add(new Repository.LanguageShare(main, bytes));
    for (String side : SIDE_LANGUAGES) {
      if (!side.equals(main) && rng.chance(0.45)) {
        bytes = (long) (bytes * (0.15 + 0.5 * rng.nextDouble())) + 1;
        shares.add(new Repository.LanguageShare(side, bytes));
      }
    }
    return shares;
  }

  /** Popularity falls with the rank, and stars come faster when there are many already. */
  private List<Interaction> makeStars(
      int index, AccountRef repository, Instant created, boolean empty) {
    double popularity = empty ? 0.01 : 0.62 * StrictMath.pow(index + 1.0, -0.75);
    long life = Duration.between(created, now).toSeconds();
    List<Interaction> made = new ArrayList<>();
    for (int u = 0; u < users.size(); u++) {
      Rng rng = Rng.of(seed, Purpose.STAR, index * 1_000_003L + u);
      if (rng.chance(popularity)) {
        long age = (long) (life * StrictMath.pow(rng.nextDouble(), 0.7));
        Account user = users.get(u);
        made.add(
            Interaction.builder(
                    Network.GITHUB,
                    "star/" + user.id() + '/' + repository.id(),
                    Interaction.Type.STAR)
                .actor(new AccountRef(user.id(), user.handle(), null))
                .targetKind(RecordKind.REPOSITORY)
                .targetId(repository.id())
                .targetName(repository.handle())
                .createdAt(created.plusSeconds(age))
                .build());
      }
    }
    made.sort(byTime());
    return List.copyOf(made);
  }

  private List<Interaction> makeCommits(
      int index, AccountRef repository, Instant created, int count) {
    long life = Duration.between(created, now).toSeconds();
    Weights authors = Weights.zipf(Math.min(users.size(), 60), 1.1);
    List<Interaction> made = new ArrayList<>(count);
    for (int c = 0; c < count; c++) {
      Rng rng = Rng.of(seed, Purpose.COMMIT, index * 10_000_019L + c);
      Instant at = created.plusSeconds((long) ((c + rng.nextDouble()) / count * life));
      AccountRef actor;
      if (rng.chance(0.06)) {
        actor = new AccountRef(null, null, rng.pickByRank(WITHOUT_ACCOUNT));
      } else {
        // Every repository has its own order of maintainers.
        int author = (authors.at(rng.nextDouble()) * 7 + 5 + index * 3) % users.size();
        actor = Person.ref(users.get(author));
      }
      String sha = sha(rng);
      made.add(
          Interaction.builder(Network.GITHUB, sha, Interaction.Type.COMMIT)
              .actor(actor)
              .targetKind(RecordKind.REPOSITORY)
              .targetId(repository.id())
              .targetName(repository.handle())
              .createdAt(at)
              .text(rng.pickByRank(VERBS) + ' ' + rng.pickByRank(OBJECTS))
              .url("https://github.com/" + repository.handle() + "/commit/" + sha)
              .build());
    }
    made.sort(byTime().reversed());
    return List.copyOf(made);
  }

  private static List<Interaction> makeContributions(
      AccountRef repository, List<Interaction> commits) {
    Map<AccountRef, Long> counts = new LinkedHashMap<>();
    for (Interaction commit : commits) {
      counts.merge(commit.actor(), 1L, Long::sum);
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<AccountRef, Long>comparingByValue()
                .reversed()
                .thenComparing(e -> e.getKey().label()))
        .map(
            e -> {
              AccountRef actor = e.getKey();
              String who = actor.id() == null ? String.valueOf(actor.name()) : actor.id();
              return Interaction.builder(
                      Network.GITHUB,
                      "contribution/" + who + '/' + repository.id(),
                      Interaction.Type.CONTRIBUTION)
                  .actor(
                      actor.id() == null ? actor : new AccountRef(actor.id(), actor.handle(), null))
                  .targetKind(RecordKind.REPOSITORY)
                  .targetId(repository.id())
                  .targetName(repository.handle())
                  .count(e.getValue())
                  .build();
            })
        .toList();
  }

  private static String sha(Rng rng) {
    StringBuilder sha = new StringBuilder(48);
    while (sha.length() < 40) {
      String hex = Long.toHexString(rng.nextLong());
      sha.append("0".repeat(16 - hex.length())).append(hex);
    }
    return sha.substring(0, 40);
  }

  private static Comparator<Interaction> byTime() {
    return Comparator.comparing(
        Interaction::createdAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
  }
}
