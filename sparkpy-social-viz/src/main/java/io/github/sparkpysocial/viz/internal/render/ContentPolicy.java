package io.github.sparkpysocial.viz.internal.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a page may do: run the scripts and wear the styles that are known by their hash, and nothing
 * else that it was not allowed (Content Security Policy Level 3, section 6). Not thread-safe.
 */
final class ContentPolicy {
  private final List<String> scripts = new ArrayList<>();
  private final Set<String> images = new LinkedHashSet<>();
  private final Set<String> connections = new LinkedHashSet<>();
  private String style = "";

  /** Allows a script, by what it says. */
  void script(String content) {
    scripts.add(hash(content));
  }

  /** Allows the one style sheet, by what it says. */
  void style(String content) {
    style = hash(content);
  }

  /** Lets images come from one origin beside the page itself. */
  void images(String origin) {
    images.add(origin);
  }

  /** Lets scripts talk to one origin. */
  void connections(String origin) {
    connections.add(origin);
  }

  private static String hash(String content) {
    return " 'sha256-" + PageHash.of(content) + "'";
  }

  /** Returns the policy as a page and a server tell it. */
  String text() {
    return "default-src 'none'; script-src"
        + String.join("", scripts)
        + "; style-src"
        + style
        + "; img-src data:"
        + allowed(images)
        + (connections.isEmpty() ? "" : "; connect-src" + allowed(connections))
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String allowed(Set<String> origins) {
    return origins.isEmpty() ? "" : ' ' + String.join(" ", origins);
  }
}
