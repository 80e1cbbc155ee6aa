package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes how complete the data are. */
final class CompletenessPart {
  private final Panels panels;
  private final Markup out;

  CompletenessPart(Panels panels) {
    this.panels = panels;
    this.out = panels.out();
  }

  void write(Completeness completeness) {
    panels.open(completeness.id(), completeness.title(), "");
    if (!panels.none(completeness.sources(), "No source")) {
      panels.scroll(completeness.title());
      out.open("table").open("thead").open("tr");
      out.element("th", "Source", "scope", "col");
      for (String column :
          List.of(
              "Fetched", "New", "Known already", "Set aside", "Requests", "Waited", "Intervals")) {
        out.element("th", column, "scope", "col", "class", "num");
      }
      out.element("th", "Complete", "scope", "col");
      out.close().close().open("tbody");
      for (Completeness.Source source : completeness.sources()) {
        source(source);
      }
      out.close().close().close();
    }
    out.open("p", "class", "lead");
    out.literal("Deletions carried out: ");
    out.element(
        "b",
        Texts.number(completeness.deletions()),
        "data-fact",
        "deletions",
        "data-value",
        String.valueOf(completeness.deletions()));
    out.close().close();
  }

  private void source(Completeness.Source source) {
    String name = Texts.shorten(source.name(), Texts.LABEL);
    out.open("tr", "data-source", name);
    out.open("th", "scope", "row").element("bdi", name);
    if (source.place() != null) {
      out.element("span", Texts.shorten(source.place(), Texts.TITLE), "class", "place-uri");
    }
    out.close();
    number("fetched", source.fetched());
    number("new", source.added());
    number("duplicates", source.duplicates());
    number("quarantined", source.quarantined());
    number("requests", source.requests());
    out.element(
        "td",
        waited(source.waited()),
        "class",
        "num",
        "data-fact",
        "waited-seconds",
        "data-value",
        String.valueOf(source.waited().toSeconds()));
    number("intervals", source.intervals());
    out.open("td", "data-fact", "complete", "data-value", String.valueOf(source.complete()));
    out.element(
        "span",
        source.complete() ? "complete" : "has holes",
        "class",
        source.complete() ? "state yes" : "state no");
    if (source.note() != null) {
      out.element("span", Texts.shorten(source.note(), Texts.QUOTE), "class", "place-uri");
    }
    out.close().close();
  }

  private void number(String fact, long value) {
    out.element(
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
