package io.github.sparkpysocial.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the snippets, and sees to it that {@code docs/testkit.md} shows just these. */
class SnippetsTest extends Snippets {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- snippet: ([a-z]+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final String SOURCE =
      "sparkpy-social-testkit/src/test/java/io/github/sparkpysocial/testkit/Snippets.java";

  @Test
  void thePageShowsTheCodeThatIsRunHere() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve(SOURCE))) {
      root = Objects.requireNonNull(root.getParent(), "The project is not above " + root);
    }
    String page = Files.readString(root.resolve("docs/testkit.md"));
    String code = Files.readString(root.resolve(SOURCE));
    List<String> shown = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      shown.add(blocks.group(1));
      assertThat(blocks.group(2)).as(blocks.group(1)).isEqualTo(region(code, blocks.group(1)));
    }

    assertThat(shown)
        .containsExactly(
            "wait", "client", "stream", "streamclient", "limits", "chaos", "recording", "truth");
    assertThat(region(code, "wait").lines().filter(line -> !line.isBlank())).hasSizeLessThan(16);
    assertThat(region(code, "stream").lines().filter(line -> !line.isBlank())).hasSizeLessThan(16);
  }

  /** Returns the lines of a region, moved to the left. */
  private static String region(String code, String name) {
    String start = "// tag: " + name + "\n";
    int from = code.indexOf(start) + start.length();
    List<String> lines =
        code.substring(from, code.indexOf("// end", from)).stripTrailing().lines().toList();
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    StringBuilder region = new StringBuilder();
    lines.forEach(line -> region.append(line.isBlank() ? "" : line.substring(indent)).append('\n'));
    return region.toString();
  }
}
