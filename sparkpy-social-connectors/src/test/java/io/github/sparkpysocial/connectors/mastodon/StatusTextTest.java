package io.github.sparkpysocial.connectors.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Entities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "<p>one</p><p>two</p>|one\\n\\ntwo",
        "<p>one<br>two<br />three</p>|one\\ntwo\\nthree",
        "<p>one</p>\\n<p>two</p>|one\\n\\ntwo",
        "plain|plain",
        "<p>5 &lt; 6 &amp;&amp; 7 &gt; 6 &quot;so&quot; it&#39;s &#x1F418;</p>|5 < 6 && 7 > 6"
            + " \"so\" it's 🐘",
        "<p>&amp;lt;b&amp;gt; was meant</p>|&lt;b&gt; was meant",
        "<p>a &unknown; b &#0; c</p>|a &unknown; b \uFFFD c",
        "1 < 2 and <3|1 < 2 and <3",
        "<p>never closed|never closed",
        "<ul><li>one</li><li>two</li></ul>|one\\ntwo",
        "<script>alert(1)</script>text<!-- no -->|text",
        "<p title=\"a > b\">quoted</p>|quoted"
      })
  void htmlBecomesWhatWasWritten(String html, String text) {
    assertThat(StatusHtml.read(html.replace("\\n", "\n"), false).text())
        .isEqualTo(text.replace("\\n", "\n"));
  }

  @Test
  void entitiesCountCodePointsOfTheText() {
    ObjectNode status =
        status(
            "<p>🐘🐘 <span class=\"h-card\"><a href=\"https://b.example/@bob\" class=\"u-url"
                + " mention\">@<span>bob</span></a></span> likes <a"
                + " href=\"https://a.example/tags/caf%C3%A9\" class=\"mention hashtag\""
                + " rel=\"tag\">#<span>café</span></a> and <a"
                + " href=\"https://long.example/x?a=1&amp;b=2\"><span"
                + " class=\"invisible\">https://</span><span"
                + " class=\"ellipsis\">long.example/x</span><span"
                + " class=\"invisible\">?a=1&amp;b=2</span></a></p>");
    status
        .putArray("mentions")
        .addObject()
        .put("id", "7")
        .put("acct", "bob@b.example")
        .put("username", "bob")
        .put("url", "https://b.example/@bob");

    StatusText text = StatusText.of("a.example", status);

    assertThat(text.text()).isEqualTo("🐘🐘 @bob likes #café and https://long.example/x?a=1&b=2");
    assertThat(text.entities().mentions())
        .containsExactly(new Entities.Mention("bob@b.example", "bob@b.example", 3, 7));
    assertThat(text.entities().hashtags()).containsExactly(new Entities.Hashtag("café", 14, 19));
    assertThat(text.entities().urls())
        .containsExactly(
            new Entities.Url(
                "https://long.example/x?a=1&b=2", "https://long.example/x?a=1&b=2", 24, 54));
  }

  @Test
  void theAddressOfAQuotedPostIsNoPartOfTheText() {
    ObjectNode status =
        status(
            "<p class=\"quote-inline\">RE: <a href=\"https://a.example/1\">x</a></p><p>So"
                + " true</p>");
    status.putObject("quote").put("state", "accepted");

    assertThat(StatusText.of("a.example", status).text()).isEqualTo("So true");
  }

  @Test
  void aSignBeforeItsLinkBelongsToIt() {
    StatusText text =
        StatusText.of(
            "a.example",
            status("see #<a href=\"https://c.example/tag/x\" class=\"mention hashtag\">x</a>"));

    assertThat(text.entities().hashtags()).containsExactly(new Entities.Hashtag("x", 4, 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", ""})
  void aLinkThatIsNoneOfTheWebIsNoEntity(String target) {
    StatusText text = StatusText.of("a.example", status("<a href=\"" + target + "\">click</a>"));

    assertThat(text.text()).isEqualTo("click");
    assertThat(text.entities()).isEqualTo(Entities.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "https://A.example/users/x/statuses/12, a.example/12",
    "https://a.example/users/x/statuses/12/activity, a.example/12",
    "https://a.example/ap/users/7/statuses/12, a.example/12",
    "'tag:a.example,2017-04-14:objectId=12:objectType=Status', a.example/12",
    "https://p.example/objects/e9-4d, https://p.example/objects/e9-4d",
    "https://p.example/notes/abc, https://p.example/notes/abc"
  })
  void aPostHasOneIdWhereverItIsSeen(String uri, String id) {
    ObjectNode status = status("x").put("id", "99").put("uri", uri);

    assertThat(MastodonIds.post("here.example", status)).isEqualTo(id);
    assertThat(MastodonIds.post("there.example", status)).isEqualTo(id);
  }

  private static ObjectNode status(String content) {
    return JsonNodeFactory.instance.objectNode().put("content", content);
  }
}
