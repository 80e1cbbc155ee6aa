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
  private final Sandbox sandbox = Sandbox.start(Community.builder().posts(100).build());

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private String listing(String uri) {
    return uri + "?endpoint=" + sandbox.uri();
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
  void anUnknownListingNamesTheKnownOnes() {
    Ran ran = sparkpy("harvest", "github:apache", directory.resolve("x.jsonl"));

    assertThat(ran.endsWith(2).err()).contains("github:ORG/repos");
  }
}
