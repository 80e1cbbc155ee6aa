package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Links;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Page;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the parts of a dashboard have in common, written into a page. */
final class Panels {
  private static final Pattern HERE = Pattern.compile("#[a-z][a-z0-9-]{0,63}");
  private static final int LEAD = 600;

  private final Page page;
  private final Markup out;

  Panels(Page page) {
    this.page = page;
    this.out = page.body();
  }

  Page page() {
    return page;
  }

  Markup out() {
    return out;
  }

  /** Opens a panel, with its title if it has one; the caller closes it. */
  void open(String id, String title, String more) {
    page.takeId(id);
    boolean titled = !Texts.clean(title).isEmpty();
    out.open(
        "section",
        "class",
        ("panel " + more).strip(),
        "id",
        id,
        "aria-labelledby",
        titled ? id + "-title" : null);
    if (titled) {
      out.element("h3", Texts.shorten(title, Texts.TITLE), "id", id + "-title", "dir", "auto");
    }
  }

  /** Says that there is nothing, if there is nothing; returns whether that is so. */
  boolean none(List<?> items, String note) {
    if (items.isEmpty()) {
      out.element("p", note, "class", "none");
    }
    return items.isEmpty();
  }

  /** Writes what goes before, if there is something. */
  void lead(@Nullable String lead) {
    if (lead != null && !Texts.clean(lead).isEmpty()) {
      out.element("p", Texts.shorten(lead, LEAD), "class", "lead", "dir", "auto");
    }
  }

  /** Opens a region that scrolls by itself; the caller closes it. */
  void scroll(String label) {
    out.open(
        "div",
        "class",
        "scroll",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        Texts.shorten(label, Texts.LABEL));
  }

  /** Writes a text of a stranger, as a link where that is safe, isolated from what follows. */
  void linked(String text, @Nullable String link) {
    String safe = Links.safe(link);
    if (link != null && HERE.matcher(link).matches()) {
      out.open("a", "href", link).element("bdi", text).close();
    } else if (safe == null) {
      out.element("bdi", text);
    } else {
      out.open("a", "href", safe, "rel", "noopener noreferrer", "target", "_blank");
      out.element("bdi", text);
      out.close();
    }
  }

  /** Writes the name of a network, if there is one. */
  void badge(@Nullable String network) {
    if (network == null || Texts.clean(network).isEmpty()) {
      return;
    }
    String name = Texts.shorten(network, Texts.WORD);
    String known =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "x" -> "X";
          case "github" -> "GitHub";
          case "meetup" -> "Meetup";
          case "mastodon" -> "Mastodon";
          case "bluesky" -> "Bluesky";
          default -> "";
        };
    out.literal(" ");
    out.element(
        "span",
        known.isEmpty() ? name : known,
        "class",
        known.isEmpty() ? "badge" : "badge " + known.toLowerCase(Locale.ROOT));
  }

  /** Writes a time as people and as programs read it. */
  void time(Instant time, String shown) {
    out.element("time", shown, "datetime", time.toString());
  }
}
