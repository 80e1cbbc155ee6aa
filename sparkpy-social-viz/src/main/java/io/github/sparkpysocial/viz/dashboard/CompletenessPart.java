package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes how complete the data are. */
record CompletenessPart(Panels panels) {
  void write(Completeness completeness) {
    panels.open(completeness.id(), completeness.title(), "");
    if (!panels.none(completeness.sources(), "No source")) {
      panels.scroll(completeness.title());
      panels.out().open("table").open("thead").open("tr");
      panels.out().element("th", "Source", "scope", "col");
      for (String column :
          List.of(
              "Fetched", "New", "Known already", "Set aside", "Requests", "Waited", "Intervals")) {
        panels.out().element("th", column, "scope", "col", "class", "num");
      }
      panels.out().element("th", "Complete", "scope", "col");
      panels.out().close().close().open("tbody");
      for (Completeness.Source source : completeness.sources()) {
        source(source);
      }
      panels.out().close().close().close();
    }
    panels.out().open("p", "class", "lead");
    panels.out().literal("Deletions carried out: ");
    panels
        .out()
        .element(
            "b",
            Texts.number(completeness.deletions()),
            "data-fact",
            "deletions",
            "data-value",
            String.valueOf(completeness.deletions()));
    panels.out().close().close();
  }

  private void source(Completeness.Source source) {
    String name = Texts.shorten(source.name(), Texts.LABEL);
    panels.out().open("tr", "data-source", name);
    panels.out().open("th", "scope", "row").element("bdi", name);
    if (source.place() != null) {
      panels
          .out()
          .element("span", Texts.shorten(source.place(), Texts.TITLE), "class", "place-uri");
    }
    panels.out().close();
    number("fetched", source.fetched());
    number("new", source.added());
    number("duplicates", source.duplicates());
    number("quarantined", source.quarantined());
    number("requests", source.requests());
    panels
        .out()
        .element(
            "td",
            waited(source.waited()),
            "class",
            "num",
            "data-fact",
            "waited-seconds",
            "data-value",
            String.valueOf(source.waited().toSeconds()));
    number("intervals", source.intervals());
    panels
        .out()
        .open("td", "data-fact", "complete", "data-value", String.valueOf(source.complete()));
    panels
        .out()
        .element(
            "span",
            source.complete() ? "complete" : "has holes",
            "class",
            source.complete() ? "state yes" : "state no");
    if (source.note() != null) {
      panels.out().element("span", Texts.shorten(source.note(), Texts.QUOTE), "class", "place-uri");
    }
    panels.out().close().close();
  }

  private void number(String fact, long value) {
    panels
        .out()
        .element(
            "td",
            Texts.number(value),
            "class",
            "num",
            "data-fact",
            fact,
            "data-value",
            String.valueOf(value));
  }

  private static String waited(Duration waited) {
    long seconds = waited.toSeconds();
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
    return seconds >= 60
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : seconds + " s";
  }
}
