package io.github.sparkpysocial.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourIT {

  @Test
  void goesFromTheNetworkToAPicture(@TempDir Path directory)
      throws IOException, InterruptedException {
    Tour.main(new String[] {directory.toString()});

    assertThat(directory.resolve("posts.jsonl")).isNotEmptyFile();
    assertThat(directory.resolve("topic.svg"))
        .content()
        .contains("What most posts are about")
        .contains("streaming");
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    Matcher code =
        Pattern.compile("// snippet: tour\n(.*?)\n *// end", Pattern.DOTALL)
            .matcher(
                Files.readString(
                    Path.of("src/main/java/io/github/sparkpysocial/samples/Tour.java")));
    assertThat(code.find()).isTrue();
    String snippet = code.group(1).stripIndent();

    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + snippet + "\n```");
  }
}
