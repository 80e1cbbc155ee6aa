package io.github.sparkpysocial.ml.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlTableTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final List<String> ATTACKS =
      List.of(
          "<script>alert(1)</script>",
          "</td></tr></table><img src=x onerror=alert(1)>",
          "</style><iframe src='javascript:alert(1)'>",
          "\" onmouseover=\"alert(1)",
          "&lt;script&gt; &amp; &#60;b&#62;",
          "--><!-- <![CDATA[ x ]]>",
          "\u202Eright-to-left without end",
          "bell\u0007 escape\u001B[31m",
          "half\uD83D",
          "line\nand\ttab");

  @Test
  void noTextBecomesMarkup() throws Exception {
    List<String> texts = new ArrayList<>(ATTACKS);
    texts.addAll(SampleRecords.hostileTexts());

    Element table = parse(Explore.of(frame(texts)).html(1_000, 10_000));

    List<String> shown = cells(table, "text");
    assertThat(shown).hasSameSizeAs(texts);
    for (int i = 0; i < ATTACKS.size(); i++) {
      assertThat(shown.get(i))
          .isEqualTo(
              ATTACKS
                  .get(i)
                  .replace("\u0007", "\\u0007")
                  .replace("\u001B", "\\u001b")
                  .replace("\uD83D", "\uFFFD"));
    }
    assertThat(names(table))
        .containsOnly("html", "style", "table", "thead", "tbody", "tr", "th", "td", "caption", "i");
  }

  @Test
  void hostileNamesOfColumnsAreTextToo() throws Exception {
    Dataset<Row> odd =
        SPARK.session().sql("SELECT 1 AS `<script>x</script>`, null AS `\"><b>empty</b>`");

    Element table = parse(Explore.of(odd).html());

    assertThat(table.getElementsByTagName("th").item(0).getTextContent())
        .isEqualTo("<script>x</script>");
    assertThat(table.getElementsByTagName("caption").item(0).getTextContent())
        .isEqualTo("1 rows, all. Without a value here: \"><b>empty</b>.");
    assertThat(names(table)).doesNotContain("script", "b");
  }

  @Test
  void rowsAndCellsHaveLimits() throws Exception {
    List<String> texts = List.of("👩‍🔬".repeat(100), "b", "c");

    Element table = parse(Explore.of(frame(texts)).html(2, 10));

    assertThat(cells(table, "text")).containsExactly("👩‍🔬👩‍🔬👩‍🔬👩… of 300", "b");
    assertThat(table.getElementsByTagName("caption").item(0).getTextContent())
        .startsWith("The first 2 rows. Without a value here: language,");
    assertThatThrownBy(() -> Explore.of(frame(texts)).html(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows must be from 1 to 10,000, was 0");
  }

  @Test
  void listsAndTimesAreReadable() throws Exception {
    Element table =
        parse(
            Explore.of(Frames.of(SPARK.session(), List.of(Records.FULL), RecordKind.POST)).html());

    assertThat(cells(table, "created_at")).containsExactly("2026-11-01T12:00:00.123456Z");
    assertThat(cells(table, "hashtags")).containsExactly("{text: spark, start: 6, end: 12}");
    assertThat(cells(table, "media_urls"))
        .containsExactly("https://m.example/1, https://m.example/2");
  }

  private static Dataset<Row> frame(List<String> texts) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      posts.add(Records.post("p" + i, texts.get(i)));
    }
    return Frames.of(SPARK.session(), posts, RecordKind.POST);
  }

  /** A strict parser takes it only if every tag is closed and every sign escaped. */
  private static Element parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader("<html>" + html + "</html>")))
        .getDocumentElement();
  }

  private static List<String> cells(Element table, String column) {
    NodeList heads = table.getElementsByTagName("th");
    int at = -1;
    for (int i = 0; i < heads.getLength(); i++) {
      at = heads.item(i).getTextContent().equals(column) ? i : at;
    }
    NodeList cells = table.getElementsByTagName("td");
    List<String> found = new ArrayList<>();
    for (int i = at; i < cells.getLength(); i += heads.getLength()) {
      found.add(cells.item(i).getTextContent());
    }
    return found;
  }

  private static List<String> names(Element table) {
    List<String> names = new ArrayList<>(List.of(table.getTagName()));
    NodeList all = table.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      names.add(all.item(i).getNodeName());
    }
    return names;
  }
}
