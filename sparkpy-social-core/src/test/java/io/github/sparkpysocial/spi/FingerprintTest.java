package io.github.sparkpysocial.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static Fingerprint of(Post.Builder post) {
    return Fingerprint.ofContent(post.build(), true);
  }

  private static Post.Builder post(String text) {
    return Post.builder(Network.X, "1", text);
  }

  @Test
  void halfACharacterCountsAsWhatIsStoredForIt() {
    for (String text : List.of("\uD83D", "a\uDC00", "a\uD83D b?", "\u00E9\uD83D")) {
      assertThat(of(post(text))).isEqualTo(of(post(WellFormed.text(text))));
      assertThat(of(post(text)))
          .isNotEqualTo(of(post(text.replace('\uD83D', '?').replace('\uDC00', '?'))));
    }
  }

  @Test
  void everyTimeHasOneEvenWhereMillisecondsDoNotFit() {
    List<Fingerprint> different =
        List.of(
            of(post("").createdAt(Instant.MAX)),
            of(post("").createdAt(Instant.MIN)),
            of(post("").createdAt(Instant.ofEpochMilli(Long.MAX_VALUE))),
            of(post("").createdAt(Instant.EPOCH)),
            of(post("")));

    assertThat(different).doesNotHaveDuplicates();
  }
}
