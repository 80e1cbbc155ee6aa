package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.samples.trend.CommunityHarvest;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The main job: a community from the networks to its dashboard. */
@CommandLine.Command(
    name = "run",
    description = {
      "Harvest a community from its networks, find out what it is about, draw a dashboard.",
      "",
      "Offline by default: it starts a sandbox, which serves an invented community as X, GitHub,"
          + " Meetup, Mastodon and Bluesky would. With --live it asks the networks: Mastodon and"
          + " Bluesky without a key, the others if X_BEARER_TOKEN, GITHUB_TOKEN or MEETUP_TOKEN"
          + " holds one.",
      ""
    },
    footer = {"", "Example: look at sparkpy-out/index.html afterwards", "  sparkpy run"})
final class RunCommand extends Command {
  private static final Map<String, String> KEYS =
      Map.of("X", "X_BEARER_TOKEN", "GitHub", "GITHUB_TOKEN", "Meetup", "MEETUP_TOKEN");

  @Mixin private TrendOptions trendOptions = new TrendOptions();

  @Option(
      names = "--posts",
      paramLabel = "N",
      description =
          "How many posts the invented community wrote on X, and a fifth of it on Mastodon and on"
              + " Bluesky each. Default: ${DEFAULT-VALUE}.")
  private int posts = 2_000;

  @Option(names = "--live", description = "Ask the real networks.")
  private boolean live;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "With --live: what to search on X. Default: ${DEFAULT-VALUE}.")
  private String query = "\"apache spark\" OR #ApacheSpark";

  @Option(
      names = "--words",
      paramLabel = "TEXT",
      description = "With --live: what to search on Bluesky. Default: ${DEFAULT-VALUE}.")
  private String words = "apache spark";

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "With --live: the tag to read on Mastodon. Default: ${DEFAULT-VALUE}.")
  private String tag = "apachespark";

  @Option(
      names = "--instance",
      paramLabel = "HOST",
      description = "With --live: the instance of Mastodon to ask. Default: ${DEFAULT-VALUE}.")
  private String instance = "mastodon.social";

  @Option(
      names = "--org",
      paramLabel = "NAME",
      description = "With --live: whose repositories on GitHub. Default: ${DEFAULT-VALUE}.")
  private String organization = "apache";

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description =
          "With --live: a group on Meetup, as its address names it; several times for several."
              + " Default: London-Apache-Spark-Meetup.")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "With --live: how many items of each listing. Default: ${DEFAULT-VALUE}.")
  private long limit = 1_000;

  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  String afterStop() {
    return live
        ? "What is complete is kept; run the same command again to go on."
        : "Run the same command again to start over.";
  }

  @Override
  int execute(Console console) throws IOException, InterruptedException {
    trendOptions.check(spec);
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be positive, was " + limit);
    }
    return live ? askNetworks(console) : askSandbox(console);
  }

  private int askSandbox(Console console) throws IOException, InterruptedException {
    Community invented = SandboxCommand.community(spec, trendOptions.seed, posts);
    Path data = Outputs.directory(Outputs.directory(trendOptions.out).resolve("data/sandbox"));
    for (String name : List.of("records.jsonl", "ledger.json")) {
      Files.deleteIfExists(data.resolve(name)); // of an earlier run, perhaps with another seed
    }
    CommunityHarvest.Community wanted =
        new CommunityHarvest.Community(
            List.of(
                place("x:search?q=", invented.searchQuery()),
                PlaceUri.parse("mastodon:" + Community.INSTANCE + "/public"),
                place("bluesky:search?q=", "spark")),
            Community.ORGANIZATION,
            Integer.MAX_VALUE,
            invented.groups().stream().map(g -> Objects.requireNonNull(g.handle())).toList(),
            Long.MAX_VALUE);
    try (Sandbox sandbox = Sandbox.start(invented)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      return run(console, wanted, options, data, "The sandbox community");
    }
  }

  private int askNetworks(Console console) throws IOException, InterruptedException {
    SourceOptions options = SourceOptions.fromEnvironment();
    Map<String, String> environment = options.environment();
    boolean sandbox = environment.containsKey(Sandbox.VARIABLE);
    List<String> missing =
        KEYS.keySet().stream()
            .sorted()
            .filter(network -> !sandbox && !environment.containsKey(KEYS.get(network)))
            .toList();
    missing.forEach(
        network -> console.note(network + " is left out; to ask it, set " + KEYS.get(network)));
    List<PlaceUri> posts = new ArrayList<>();
    posts.add(place("bluesky:search?q=", words));
    posts.add(PlaceUri.parse("mastodon:" + instance + "/tags/" + encoded(tag)));
    if (!missing.contains("X")) {
      posts.add(place("x:search?q=", query));
    }
    CommunityHarvest.Community wanted =
        new CommunityHarvest.Community(
            posts,
            missing.contains("GitHub") ? "" : organization,
            3,
            missing.contains("Meetup")
                ? List.of()
                : groups.isEmpty() ? List.of("London-Apache-Spark-Meetup") : groups,
            limit);
    Path data = Outputs.directory(Outputs.directory(trendOptions.out).resolve("data/live"));
    return run(console, wanted, options, data, "What " + organization + "'s community does");
  }

  private static PlaceUri place(String listing, String value) {
    return PlaceUri.parse(listing + encoded(value));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private int run(
      Console console,
      CommunityHarvest.Community community,
      SourceOptions options,
      Path data,
      String title)
      throws IOException, InterruptedException {
    try (QuarantineOption.Opened quarantine = quarantineOption.openIn(trendOptions.out);
        Tracking tracking = new Tracking(console, trendOptions)) {
      Path records = data.resolve("records.jsonl");
      List<Completeness.Source> sources =
          new CommunityHarvest(
                  community,
                  options.withListener(wait -> HarvestTelling.tellOfWait(console, wait)),
                  quarantine,
                  step -> console.progress(() -> step))
              .into(records);
      sources.stream()
          .filter(source -> source.fetched() == 0 && source.note() != null)
          .forEach(source -> console.note(source.place() + ": " + source.note()));
      Map<String, @Nullable Object> result =
          tracking.track(records, title, options.clock().instant(), sources);
      result.put("requests", sources.stream().mapToLong(Completeness.Source::requests).sum());
      result.put("quarantined", quarantine.count());
      return quarantine.finish(console, result);
    }
  }
}
