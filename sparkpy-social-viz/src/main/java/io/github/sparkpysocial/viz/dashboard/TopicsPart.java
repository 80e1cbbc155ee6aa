package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.time.Instant;
import java.util.Locale;

/** Writes topics, each with its cloud, terms and quotes. */
final class TopicsPart {
  private static final int COLOURS = 8;

  private final Panels panels;
  private final Markup out;

  TopicsPart(Panels panels) {
    this.panels = panels;
    this.out = panels.out();
  }

  void write(Topics topics) {
    panels.page().takeId(topics.id());
    out.open("div", "class", "topics", "id", topics.id());
    panels.none(topics.topics(), "No topics");
    for (int i = 0; i < topics.topics().size(); i++) {
      topic(topics.id() + "-" + i, i, topics.topics().get(i));
    }
    out.close();
  }

  private void topic(String id, int index, Topic topic) {
    out.line();
    out.open(
        "article",
        "class",
        "panel topic a" + index % COLOURS,
        "id",
        id,
        "aria-labelledby",
        id + "-title",
        "data-topic",
        String.valueOf(index),
        "data-posts",
        String.valueOf(topic.posts()));
    panels.page().takeId(id);
    out.open("header");
    out.element(
        "h3", Texts.shorten(topic.title(), Texts.LABEL), "id", id + "-title", "dir", "auto");
    out.open("p", "class", "size");
    out.element("b", Texts.number(topic.posts()));
    out.literal(topic.posts() == 1 ? " post" : " posts");
    out.literal(String.format(Locale.ROOT, " · %.0f %%", 100 * topic.share()));
    out.close().close();
    panels.page().picture(id + "-cloud", topic.cloud());
    if (!topic.terms().isEmpty()) {
      out.open("ul", "class", "chips", "aria-label", "Heaviest terms");
      for (String term : topic.terms()) {
        out.open("li").element("bdi", Texts.shorten(term, Texts.WORD)).close();
      }
      out.close();
    }
    if (!topic.quotes().isEmpty()) {
      out.open("div", "class", "quotes");
      for (Quote quote : topic.quotes()) {
        quote(quote);
      }
      out.close();
    }
    out.close();
  }

  private void quote(Quote quote) {
    out.open("blockquote");
    out.element("p", Texts.shorten(quote.text(), Texts.QUOTE), "dir", "auto");
    out.open("footer");
    String author = Texts.shorten(quote.author(), Texts.LABEL);
    Instant time = quote.time();
    panels.linked(author.isEmpty() ? "unknown" : author, quote.link());
    panels.badge(quote.network());
    if (time != null) {
      out.literal(" · ");
      panels.time(time, Times.minute(time));
    }
    out.close().close();
  }
}
