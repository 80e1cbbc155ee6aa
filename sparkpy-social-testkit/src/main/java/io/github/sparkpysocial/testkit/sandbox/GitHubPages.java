package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts listings into pages as GitHub does, with {@code Link} headers. */
final class GitHubPages {
  private final Supplier<String> base;

  GitHubPages(Supplier<String> base) {
    this.base = base;
  }

  /**
   * Where a request is in a listing.
   *
   * @param number from 1
   * @param size the most items on a page
   */
  record Page(int number, int size) {
    static Page of(Request request) {
      int size = whole(request.parameter("per_page"), 30);
      return new Page(
          Math.max(1, whole(request.parameter("page"), 1)), size < 1 ? 30 : Math.min(100, size));
    }

    int from(int items) {
      return (int) Math.min((number - 1L) * size, items);
    }

    int to(int items) {
      return (int) Math.min(from(items) + (long) size, items);
    }

    int last(int items) {
      return Math.max(1, (items + size - 1) / size);
    }
  }

  String base() {
    return base.get();
  }

  /** Returns a page of these items, whose address is {@code self} from the second on. */
  <T> Answer list(Request request, String self, List<T> items, Function<T, JsonNode> json) {
    Page page = Page.of(request);
    ArrayNode body = Json.array();
    for (int i = page.from(items.size()); i < page.to(items.size()); i++) {
      body.add(json.apply(items.get(i)));
    }
    return linked(Answer.json(200, body), request, self, page, page.last(items.size()));
  }

  /** Returns a page of a listing that ends after some pages, and is not linked beyond. */
  <T> Answer capped(
      Request request, String self, List<T> items, Function<T, JsonNode> json, int pageCap) {
    Page page = Page.of(request);
    if (page.number() > pageCap) {
      return GitHubAnswers.tooManyPages();
    }
    return list(
        request,
        self,
        items.subList(0, (int) Math.min(items.size(), (long) page.size() * pageCap)),
        json);
  }

  /** Adds the links of a page to its answer. */
  Answer linked(Answer answer, Request request, String self, Page page, int last) {
    List<String> links = new ArrayList<>();
    if (page.number() > 1) {
      links.add(link(request, self, Math.min(page.number() - 1, last), "prev"));
    }
    if (page.number() < last) {
      links.add(link(request, self, page.number() + 1, "next"));
      links.add(link(request, self, last, "last"));
    }
    if (page.number() > 1) {
      links.add(link(request, self, 1, "first"));
    }
    return links.isEmpty() ? answer : answer.with("link", String.join(", ", links));
  }

  private String link(Request request, String self, int page, String relation) {
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.put("page", Integer.toString(page));
    return '<' + base() + self + '?' + query(query) + ">; rel=\"" + relation + '"';
  }

  static String query(Map<String, String> query) {
    List<String> pairs = new ArrayList<>();
    query.forEach((name, value) -> pairs.add(encode(name) + '=' + encode(value)));
    return String.join("&", pairs);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int whole(@Nullable String text, int absent) {
    try {
      return text == null ? absent : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return absent; // GitHub ignores what it cannot read here
    }
  }
}
