package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against the sandbox over HTTP. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class HarvestIT {
  @TempDir private Path directory;
  private final Sandbox sandbox = Sandbox.start(Community.builder().posts(500).build());

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private String listing(String uri) {
    return uri + (uri.contains("?") ? "&" : "?") + "endpoint=" + sandbox.uri();
  }

  @Test
  void bringsAListingOnceAndGoesOnFromThere() {
    String repositories = listing("github:" + Community.ORGANIZATION + "/repos");
    Path store = directory.resolve("r.jsonl");

    JsonNode first = sparkpy("harvest", repositories, store, "--json").endsWith(0).json();
    JsonNode second = sparkpy("harvest", repositories, store, "--json").endsWith(0).json();

    assertThat(first.get("complete").asBoolean()).isTrue();
    assertThat(first.get("new").asLong()).isGreaterThanOrEqualTo(12);
    assertThat(second.get("new").asLong()).isZero();
    assertThat(sandbox.violations()).isEmpty();
    assertThat(directory.resolve("r.jsonl.ledger.json")).exists();
  }

  @Test
  void aPlanAsksTheNetworkNothing() {
    Ran ran =
        sparkpy(
                "harvest",
                listing("github:" + Community.ORGANIZATION + "/lantern/stargazers"),
                directory.resolve("s.jsonl"),
                "--plan",
                "--limit",
                50,
                "--json")
            .endsWith(0);

    assertThat(ran.json().get("items").asLong()).isEqualTo(50);
    assertThat(ran.json().get("requests").asLong()).isEqualTo(1);
    assertThat(sandbox.requests()).isEmpty();
  }

  @Test
  void bringsTheStarsOfAllRepositoriesAndGoesOnWhereACeilingStoppedIt() {
    String stars = listing("github:" + Community.ORGANIZATION + "/*/stargazers");
    Path store = directory.resolve("s.jsonl");
    int before = 0;
    int runs = 0;
    JsonNode json;
    do {
      json = sparkpy("harvest", stars, store, "--max-requests", 9, "--json").endsWith(0).json();
      assertThat(sandbox.requests().size() - before).isLessThanOrEqualTo(9 + 1);
      before = sandbox.requests().size();
      assertThat(json.get("complete").asBoolean()).isEqualTo(json.get("stoppedBy").isNull());
    } while (!json.get("complete").asBoolean() && ++runs < 20);

    assertThat(runs).isGreaterThan(1);
    long starred =
        sandbox.community().repositories().stream()
            .mapToLong(repository -> sandbox.community().starsOf(repository.id()).size())
            .sum();
    assertThat(lines(store, "\"interaction\"")).isEqualTo(starred);
    assertThat(sandbox.violations()).isEmpty();

    JsonNode ledger = sparkpy("ledger", store, "--json").endsWith(0).json();
    assertThat(ledger.get("harvests")).allMatch(entry -> entry.get("complete").asBoolean());
    assertThat(ledger.get("harvests").size())
        .isEqualTo(1 + sandbox.community().repositories().size());
  }

  private static long lines(Path store, String with) {
    try (var lines = java.nio.file.Files.lines(store)) {
      return lines.filter(line -> line.contains(with)).count();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theNewestFirstAndTheRestLaterAndTheLedgerKnows() {
    String posts = listing("x:search?q=spark");
    Path store = directory.resolve("p.jsonl");

    JsonNode first =
        sparkpy("harvest", posts, store, "--limit", 10, "--new", "--json").endsWith(0).json();
    assertThat(first.get("complete").asBoolean()).isFalse();
    assertThat(first.get("stoppedBy").asText()).isEqualTo("the limit of 10 items");
    assertThat(first.get("holes")).hasSize(1);
    assertThat(first.get("holes").get(0).get("open").asBoolean()).isTrue();
    assertThat(sparkpy("ledger", store).endsWith(0).out())
        .contains("not read to its end", "missing");

    JsonNode rest = sparkpy("harvest", posts, store, "--backfill", "--json").endsWith(0).json();
    assertThat(rest.get("complete").asBoolean()).isTrue();
    assertThat(rest.get("holes")).isEmpty();

    String newest = rest.get("intervals").get(0).get("newest").get("at").asText();
    String oldest = rest.get("intervals").get(0).get("oldest").get("at").asText();
    JsonNode asked =
        sparkpy("ledger", store, "--from", oldest, "--to", newest, "--json").endsWith(0).json();
    assertThat(asked.get("harvests").get(0).get("completeBetween").asBoolean()).isTrue();
    assertThat(asked.get("harvests").get(0).get("coverage").asDouble()).isEqualTo(1);

    JsonNode again = sparkpy("harvest", posts, store, "--lag", "2d", "--json").endsWith(0).json();
    assertThat(again.get("new").asLong()).isZero();
    assertThat(again.get("duplicates").asLong()).isPositive();
    assertThat(sparkpy("harvest", posts, store, "--new", "--backfill").exitCode()).isEqualTo(2);
  }

  @Test
  void aCapHoldsAcrossRunsAndGivesControlBack() {
    String posts = listing("x:search?q=spark+OR+data");
    Path store = directory.resolve("c.jsonl");

    JsonNode first =
        sparkpy("harvest", posts, store, "--max-posts-spent", 60, "--json").endsWith(0).json();
    JsonNode second =
        sparkpy("harvest", posts, store, "--max-posts-spent", 60, "--json").endsWith(0).json();

    assertThat(first.get("items").asLong() + second.get("items").asLong()).isBetween(10L, 60L);
    assertThat(second.get("complete").asBoolean()).isFalse();
    assertThat(second.get("stoppedBy").asText()).contains("cap");
    assertThat(directory.resolve("sparkpy.spending.json")).exists();
    Ran plan = sparkpy("harvest", posts, store, "--max-posts-spent", 60, "--plan").endsWith(0);
    assertThat(plan.out()).contains("Spent on x posts so far", "x posts=60");
  }

  @Test
  void everyIdThatIsAskedForHasAnOutcome() {
    var community = sandbox.community();
    String there = community.postAt(3).id();
    String gone = community.deletedPostIds().iterator().next();
    Path store = directory.resolve("i.jsonl");
    Path receipts = directory.resolve("erasures.jsonl");

    JsonNode json =
        sparkpy(
                "harvest",
                "x:posts?ids=" + there + "," + gone + ",19&endpoint=" + sandbox.uri(),
                store,
                "--erasures",
                receipts,
                "--json")
            .json();

    assertThat(json.get("outcomes").get("asked").asLong()).isEqualTo(3);
    long answered =
        json.get("outcomes").get("found").asLong()
            + json.get("outcomes").get("deleted").asLong()
            + json.get("outcomes").get("set aside").asLong();
    assertThat(answered).isEqualTo(3);
    assertThat(json.get("outcomes").get("unanswered").asLong()).isZero();
    assertThat(receipts).content().contains("x/post/" + gone, "not_there");
  }

  @Test
  void anUnknownListingNamesTheKnownOnes() {
    Ran ran = sparkpy("harvest", "github:apache", directory.resolve("x.jsonl"));

    assertThat(ran.endsWith(2).err()).contains("github:ORG/");
  }
}
