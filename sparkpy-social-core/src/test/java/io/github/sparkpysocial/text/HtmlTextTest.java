package io.github.sparkpysocial.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Entities;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void entitiesMoveWithTheTextTheyName() {
    String escaped = "🎉 a &lt;b&gt; &amp;amp; #tag &lt; @ada https://t.co/x";
    Entities told =
        new Entities(
            List.of(new Entities.Hashtag("tag", 24, 28)),
            List.of(new Entities.Mention("ada", "7", 34, 38)),
            List.of(new Entities.Url("https://t.co/x", null, 39, 53)),
            List.of());

    HtmlText said = HtmlText.unescape(escaped, told);

    assertThat(said.text()).isEqualTo("🎉 a <b> &amp; #tag < @ada https://t.co/x");
    assertThat(said.entities())
        .isEqualTo(
            new Entities(
                List.of(new Entities.Hashtag("tag", 14, 18)),
                List.of(new Entities.Mention("ada", "7", 21, 25)),
                List.of(new Entities.Url("https://t.co/x", null, 26, 40)),
                List.of()));
  }

  @Test
  void aTextWithoutEscapesStaysAsItIs() {
    Entities told =
        new Entities(List.of(new Entities.Hashtag("a", 2, 4)), List.of(), List.of(), List.of());
    HtmlText said = HtmlText.unescape("& #a &lt &quot;", told);

    assertThat(said.text()).isEqualTo("& #a &lt &quot;");
    assertThat(said.entities()).isEqualTo(told);
  }

  @Test
  void offsetsOutsideTheTextAreMovedToItsEnd() {
    Entities told =
        new Entities(List.of(new Entities.Hashtag("a", 3, 99)), List.of(), List.of(), List.of());

    assertThat(HtmlText.unescape("cut…", told).entities().hashtags())
        .containsExactly(new Entities.Hashtag("a", 3, 4));
  }
}
