package io.github.sparkpysocial.streaming.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.text.TextEntities;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WindowCountsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @Test
  void eachPostHasEachOfItsValuesOnce() {
    String text = "@Ada @ada $abc https://www.Example.org/x http://other.net:80/y #Spark #spark";
    Entities entities = TextEntities.extract(text);
    Post post =
        Post.builder(Network.BLUESKY, "1", text)
            .createdAt(Instant.parse("2026-11-01T12:00:00Z"))
            .entities(entities)
            .build();

    assertThat(values(post, WindowCounts.Of.MENTIONS)).containsExactly("ada");
    assertThat(values(post, WindowCounts.Of.CASHTAGS)).containsExactly("ABC");
    assertThat(values(post, WindowCounts.Of.HOSTS)).containsExactly("example.org", "other.net");
    assertThat(values(post, WindowCounts.Of.NETWORKS)).containsExactly("bluesky");
    assertThat(values(post, WindowCounts.Of.HASHTAGS)).containsExactly("spark");
  }

  private static List<String> values(Post post, WindowCounts.Of what) {
    return WindowCounts.withValues(
            Frames.of(SPARK.session(), List.of(post), RecordKind.POST), what, "values")
        .select("values")
        .head()
        .getList(0);
  }
}
