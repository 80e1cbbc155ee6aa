package io.github.sparkpysocial.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Entities;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextEntitiesTest {

  @Test
  void offsetsCountCodePoints() {
    Entities entities = TextEntities.extract("👩‍🚀🚀 #spark @ada $ACME https://example.org/🚀 x");

    assertThat(entities.hashtags()).containsExactly(new Entities.Hashtag("spark", 5, 11));
    assertThat(entities.mentions()).containsExactly(new Entities.Mention("ada", null, 12, 16));
    assertThat(entities.cashtags()).containsExactly(new Entities.Cashtag("ACME", 17, 22));
    assertThat(entities.urls())
        .containsExactly(new Entities.Url("https://example.org/", null, 23, 43));
  }

  @Test
  void aLinkKeepsWhatLooksLikeAnEntityInsideIt() {
    Entities entities = TextEntities.extract("https://example.org/@ada/#spark and @bob #java");

    assertThat(entities.urls()).hasSize(1);
    assertThat(entities.mentions()).extracting(Entities.Mention::handle).isEqualTo(List.of("bob"));
    assertThat(entities.hashtags()).extracting(Entities.Hashtag::text).isEqualTo(List.of("java"));
  }

  @Test
  void aTextWithoutEntitiesHasNone() {
    assertThat(TextEntities.extract("")).isEqualTo(Entities.NONE);
    assertThat(TextEntities.extract("no sign 100% of it")).isEqualTo(Entities.NONE);
    assertThat(TextEntities.extract("half \uD83D of an emoji #tag").hashtags()).hasSize(1);
  }

  @Test
  void aListIsNoMentionOfItsOwner() {
    assertThat(TextEntities.extract("see @ada/friends").mentions()).isEmpty();
    assertThat(TextEntities.mentionsAndLists("see @ada/friends"))
        .containsExactly(new TextEntities.MentionOrList("ada", "friends", 4, 16));
  }
}
