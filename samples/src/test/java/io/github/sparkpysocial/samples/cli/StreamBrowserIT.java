package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.samples.ProgramProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page of {@code sparkpy stream --serve} in a real browser. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StreamBrowserIT {
  private static final String ATTACK = "<img/src=x/onerror=window.ran=1>";
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void numbersAndAlertsComeToAnOpenPageAndHostileTextIsText() throws Exception {
    try (PostSocket source = PostSocket.open();
        ProgramProcess process =
            ProgramProcess.start(
                Sparkpy.class,
                directory,
                Map.of(),
                "stream",
                source.place(),
                "--serve",
                "0",
                "--window",
                "10s",
                "--horizon",
                "1s",
                "--alert",
                "author > 2",
                "--checkpoint",
                directory.resolve("checkpoint"))) {
      URI address = URI.create(process.await("Live at (\\S+)"));
      try (OfflineTab tab = OfflineTab.open(address)) {
        Page page = tab.page;
        page.setDefaultTimeout(120_000);
        page.waitForFunction("() => document.getElementById('live-state').className === 'on'");

        source.send(post(ATTACK, 0), post("2", 1), post("3", 2), post("4", 60));

        page.waitForFunction("() => " + ROWS + " >= 4");
        Locator alert =
            page.locator(".alert", new Page.LocatorOptions().setHasText("at least 3 posts"));
        alert.waitFor();
        assertThat(alert.innerText())
            .as("with the posts behind it")
            .contains("author > 2", "at least 3 posts of '" + ATTACK + "'", "1 Nov 2026");
        assertThat(alert.locator("blockquote p").allInnerTexts())
            .containsExactlyInAnyOrder(ATTACK, "2", "3");
        assertThat(page.locator(".alert img, .alert script").count()).isZero();

        int before = ((Number) page.evaluate("() => " + ROWS)).intValue();
        source.send(post("5", 61));
        page.waitForFunction("() => " + ROWS + " > " + before);

        assertThat(page.evaluate("() => String(window.ran)")).isEqualTo("undefined");
        assertThat(tab.requests).allMatch(one -> one.startsWith(address.resolve("/").toString()));
        assertThat(tab.complaints).isEmpty();
      }
      assertThat(process.isAlive()).isTrue();
    }
  }

  private static final String ROWS =
      "Number(document.querySelector('[data-fact=counts-rows] dd')?.textContent"
          + ".replaceAll(',', '') ?? 0)";

  private static Post post(String id, int second) {
    return Post.builder(Network.X, id, ATTACK + " #" + ATTACK)
        .author(new AccountRef(ATTACK, ATTACK, ATTACK))
        .createdAt(NOON.plusSeconds(second))
        .build();
  }
}
