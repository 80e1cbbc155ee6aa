package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Chaos;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Serves the sandbox networks until it is stopped. */
@CommandLine.Command(
    name = "sandbox",
    description = {
      "Serve an invented community as X, GitHub, Meetup, Mastodon and Bluesky would, on this"
          + " machine only.",
      "",
      "Every sparkpy-social program in whose environment SPARKPY_SANDBOX is set asks the sandbox"
          + " instead of the networks. It keeps their limits. Stop it with Ctrl-C.",
      ""
    },
    footer = {
      "",
      "Example: in one terminal, then in another",
      "  sparkpy sandbox --port 8787",
      "  SPARKPY_SANDBOX=http://127.0.0.1:8787 sparkpy harvest github:sparkling-labs/repos r.jsonl"
    })
final class SandboxCommand extends Command {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port on 127.0.0.1. Default: a free one.")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the community is invented from. Default: ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Option(
      names = "--posts",
      paramLabel = "N",
      description = "How many posts it wrote. Default: ${DEFAULT-VALUE}.")
  private int posts = 2_000;

  @Option(
      names = "--chaos",
      paramLabel = "FILE",
      description = {
        "What goes wrong with its answers, as JSON; docs/testkit.md lists the faults. Example:",
        "{\"seed\": 42, \"rules\": [{\"path\": \"/2/\", \"fault\": \"status\", \"status\": 503,"
            + " \"probability\": 0.1}]}"
      })
  private @Nullable Path chaosFile;

  @Option(
      names = "--live",
      paramLabel = "N",
      description =
          "Hold the last N posts back and let them happen one after the other, for live streams."
              + " Default: all have happened.")
  private int held;

  @Option(
      names = "--live-rate",
      paramLabel = "N",
      description = "How many of them happen in a second. Default: ${DEFAULT-VALUE}.")
  private double liveRate = 1;

  @Override
  String afterStop() {
    return "The sandbox is gone; nothing is left of it.";
  }

  /** Invents a community, or refuses its size as wrong usage. */
  static Community community(CommandSpec spec, long seed, int posts) {
    try {
      return Community.builder()
          .seed(seed)
          .posts(posts)
          .mastodonPosts(posts / 5)
          .blueskyPosts(posts / 5)
          .build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private Chaos chaos() {
    try {
      return chaosFile == null ? Chaos.NONE : Chaos.load(chaosFile);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--chaos: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private Sandbox.Builder live(Sandbox.Builder builder) {
    try {
      return builder.live(held).liveRate(held == 0 ? 0 : liveRate);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--live: " + e.getMessage(), e);
    }
  }

  @Override
  int execute(Console console) throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port is from 0 to 65535, was " + port);
    }
    Chaos chaos = chaos();
    Community community = community(spec, seed, posts);
    try (Sandbox sandbox = live(Sandbox.builder(community).port(port).chaos(chaos)).start()) {
      String group = Objects.requireNonNull(community.groups().get(0).handle());
      console.say("export " + Sandbox.VARIABLE + "=" + sandbox.uri());
      console.say("");
      console.say("Then, for example:");
      console.say("  sparkpy harvest 'x:search?q=spark' x.jsonl");
      console.say("  sparkpy harvest github:" + Community.ORGANIZATION + "/repos github.jsonl");
      console.say("  sparkpy harvest meetup:" + group + "/events meetup.jsonl");
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("uri", sandbox.uri().toString());
      result.put("environment", sandbox.environment());
      Map<String, String> endpoints = new LinkedHashMap<>();
      endpoints.put("x", sandbox.uri() + "/2/tweets/search/recent");
      endpoints.put("github", sandbox.uri() + "/orgs/" + Community.ORGANIZATION + "/repos");
      endpoints.put("meetup", sandbox.uri() + "/gql-ext");
      result.put("endpoints", endpoints);
      result.put("organization", Community.ORGANIZATION);
      result.put("groups", community.groups().stream().map(g -> g.handle()).toList());
      console.result(result);
      new CountDownLatch(1).await(); // until somebody stops it
      return ExitCode.DONE;
    } catch (UncheckedIOException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), e);
    }
  }
}
