package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.time.Instant;
import java.util.Locale;

/** Writes topics, each with its cloud, terms and quotes. */
record TopicsPart(Panels panels) {
  private static final int COLOURS = 8;

  void write(Topics topics) {
    panels.page().takeId(topics.id());
    panels.out().open("div", "class", "topics", "id", topics.id());
    panels.none(topics.topics(), "No topics");
    for (int i = 0; i < topics.topics().size(); i++) {
      topic(topics.id() + "-" + i, i, topics.topics().get(i));
    }
    panels.out().close();
  }

  private void topic(String id, int index, Topic topic) {
    panels.out().line();
    panels
        .out()
        .open(
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
    panels.out().open("header");
    panels
        .out()
        .element(
            "h3", Texts.shorten(topic.title(), Texts.LABEL), "id", id + "-title", "dir", "auto");
    panels.out().open("p", "class", "size");
    panels.out().element("b", Texts.number(topic.posts()));
    panels.out().literal(topic.posts() == 1 ? " post" : " posts");
    panels.out().literal(String.format(Locale.ROOT, " · %.0f %%", 100 * topic.share()));
    panels.out().close().close();
    panels.page().picture(id + "-cloud", topic.cloud());
    if (!topic.terms().isEmpty()) {
      panels.out().open("ul", "class", "chips", "aria-label", "Heaviest terms");
      for (String term : topic.terms()) {
        panels.out().open("li").element("bdi", Texts.shorten(term, Texts.WORD)).close();
      }
      panels.out().close();
    }
    if (!topic.quotes().isEmpty()) {
      panels.out().open("div", "class", "quotes");
      for (Quote quote : topic.quotes()) {
        quote(quote);
      }
      panels.out().close();
    }
    panels.out().close();
  }

  private void quote(Quote quote) {
    panels.out().open("blockquote");
    panels.out().element("p", Texts.shorten(quote.text(), Texts.QUOTE), "dir", "auto");
    panels.out().open("footer");
    String author = Texts.shorten(quote.author(), Texts.LABEL);
    Instant time = quote.time();
    panels.linked(author.isEmpty() ? "unknown" : author, quote.link());
    panels.badge(quote.network());
    if (time != null) {
      panels.out().literal(" · ");
      panels.time(time, Times.minute(time));
    }
    panels.out().close().close();
  }
}
