package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.PlacedTerm;
import io.github.sparkpysocial.viz.wordcloud.SkippedTerm;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import io.github.sparkpysocial.viz.wordcloud.WordCloudLayout;
import java.util.Comparator;
import java.util.List;

/** A word cloud as part of a page: the words, their key, what is not in the picture. */
final class CloudPart {
  private static final int EXAMPLES_SHOWN = 3;
  private static final int SKIPPED_SHOWN = 10;

  private CloudPart() {}

  /** Writes the cloud. */
  static void write(Page page, String id, WordCloud cloud) {
    Markup body = page.body();
    WordCloudLayout layout = cloud.layout();
    if (layout.placed().isEmpty()) {
      body.element("p", CloudPicture.EMPTY, "class", "none", "id", id);
      skipped(body, layout);
      return;
    }
    body.open("div", "class", "frame", "id", id, "data-cloud", id + "-terms");
    CloudPicture picture = new CloudPicture(cloud, layout);
    picture.inline(body);
    body.close();
    keys(body, picture.keys());
    skipped(body, layout);
    page.addData(id + "-terms", Json.script(hover(layout)));
  }

  private static ArrayNode hover(WordCloudLayout layout) {
    ArrayNode terms = Json.array();
    for (PlacedTerm placed : layout.placed()) {
      ObjectNode term = terms.addObject();
      term.put("t", Texts.shorten(placed.term().text(), Texts.QUOTE));
      if (placed.term().count() != null) {
        term.put("n", placed.term().count());
      }
      if (placed.term().group() != null) {
        term.put("g", Texts.shorten(placed.term().group(), Texts.LABEL));
      }
      if (placed.term().sentiment() != null) {
        term.put("s", placed.term().sentiment());
      }
      ArrayNode examples = term.putArray("e");
      placed.term().examples().stream()
          .limit(EXAMPLES_SHOWN)
          .forEach(example -> examples.add(Texts.shorten(example, Texts.QUOTE)));
    }
    return terms;
  }

  private static void keys(Markup body, List<CloudTones.Key> keys) {
    if (keys.isEmpty()) {
      return;
    }
    body.open("ul", "class", "keys");
    for (CloudTones.Key key : keys) {
      body.element("li", key.label(), "class", "k-" + key.tone().styleClass());
    }
    body.close();
  }

  private static void skipped(Markup body, WordCloudLayout layout) {
    if (layout.skipped().isEmpty()) {
      return;
    }
    StringBuilder note =
        new StringBuilder(Texts.number(layout.skipped().size())).append(" not in the picture: ");
    layout.skipped().stream()
        .limit(SKIPPED_SHOWN)
        .map(SkippedTerm::term)
        .map(term -> Texts.shorten(term.text(), Texts.WORD))
        .forEach(text -> note.append(text.isEmpty() ? "(nothing to show)" : text).append(", "));
    note.setLength(note.length() - 2);
    if (layout.skipped().size() > SKIPPED_SHOWN) {
      note.append(" and more");
    }
    body.element("p", note.append('.').toString(), "class", "skipped");
  }

  /** Returns the terms as rows, heaviest first. */
  static TableData table(WordCloud cloud) {
    TableData.Builder table =
        TableData.builder().text("Term", "Group").number("Count", "Weight", "Sentiment");
    cloud.terms().stream()
        .sorted(Comparator.comparingDouble(WeightedTerm::weight).reversed())
        .forEach(
            term ->
                table.row(
                    Texts.shorten(term.text(), Texts.QUOTE),
                    TableData.label(term.group()),
                    term.count() == null ? "" : term.count().toString(),
                    TableData.plain(term.weight()),
                    term.sentiment() == null ? "" : TableData.plain(term.sentiment())));
    return table.build();
  }
}
