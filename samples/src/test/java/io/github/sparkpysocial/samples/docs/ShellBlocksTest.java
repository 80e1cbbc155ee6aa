package io.github.sparkpysocial.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.samples.docs.ShellBlocks.PageCommand;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ShellBlocksTest {
  @Test
  void commandsAreFoundJoinedAndWithoutTheirComments() {
    String page =
        """
        ```sh
        sparkpy explore posts.jsonl --sql "SELECT # FROM posts" \\
            --html 'a b.html'   # all of them
        git clone X # not run by a test: it is there already
        ```
        ```java
        mvn();
        ```
        ```
        ERROR mvn
        ```
        ```
        # Not run by a test: needs Docker.
        docker build .
        docker run it
        ```
        """;

    assertThat(ShellBlocks.of("page", page))
        .extracting(PageCommand::line, PageCommand::marked)
        .containsExactly(
            tuple(
                "sparkpy explore posts.jsonl --sql \"SELECT # FROM posts\" --html 'a b.html'",
                false),
            tuple("git clone X", true),
            tuple("docker build .", true),
            tuple("docker run it", true));
    assertThat(ShellBlocks.of("page", page).get(0).words())
        .containsExactly(
            "sparkpy",
            "explore",
            "posts.jsonl",
            "--sql",
            "SELECT # FROM posts",
            "--html",
            "a b.html");
  }

  @Test
  void aMarkWithoutAReasonIsNone() {
    assertThat(ShellBlocks.of("page", "```sh\nmvn site # not run by a test\n```\n"))
        .extracting(PageCommand::marked)
        .containsExactly(false);
  }

  @Test
  void whatMeasuresOrGoesOnForEverIsMarkedSinceTheOthersAreRun() throws IOException {
    assertThat(ShellBlocks.all())
        .filteredOn(command -> command.line().matches("(?:samples/)?sparkpy (?:bench|stream) .*"))
        .isNotEmpty()
        .allSatisfy(command -> assertThat(command.marked()).as("%s", command).isTrue());
  }
}
