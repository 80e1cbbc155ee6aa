package io.github.sparkpysocial.connectors.mastodon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the HTML of a post into the text that its author wrote: paragraphs stand apart by an empty
 * line, links have their whole address, of which the page hides a part. Never fails: what is no tag
 * is text. Which tags there are: <a
 * href="https://docs.joinmastodon.org/api/guidelines/#formatting">guidelines</a>, and <a
 * href="https://docs.joinmastodon.org/spec/activitypub/#sanitization">those taken from others</a>.
 */
final class StatusHtml {
  /**
   * A link in the text.
   *
   * @param start the UTF-16 unit where it begins
   * @param end the one after its last
   * @param target where it leads
   * @param classes its classes, with blanks around each
   */
  record Link(int start, int end, String target, String classes) {}

  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-zA-Z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");
  private static final Pattern REFERENCE =
      Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});");
  private static final Map<String, String> NAMED =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00A0", "hellip",
          "…", "ndash", "–", "mdash", "—");
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6");
  private static final Set<String> LINES = Set.of("div", "li");
  private static final Set<String> UNREAD = Set.of("script", "style");

  private final String html;
  private final boolean withoutQuote;
  private final StringBuilder text = new StringBuilder();
  private final List<Link> links = new ArrayList<>();
  private int breaks;
  private @Nullable String target;
  private String classes = "";
  private int linkStart;

  private StatusHtml(String html, boolean withoutQuote) {
    this.html = html;
    this.withoutQuote = withoutQuote;
  }

  /**
   * Reads HTML.
   *
   * @param withoutQuote whether to leave out the line with the address of the quoted post, which is
   *     there for readers that know no quotes
   */
  static StatusHtml read(String html, boolean withoutQuote) {
    StatusHtml read = new StatusHtml(html, withoutQuote);
    read.read();
    return read;
  }

  String text() {
    return text.toString();
  }

  /** Returns the links in the order of the text. */
  List<Link> links() {
    return links;
  }

  private void read() {
    int at = 0;
    while (at < html.length()) {
      int open = html.indexOf('<', at);
      if (open < 0) {
        open = html.length();
      }
      append(html.substring(at, open));
      if (open == html.length()) {
        break;
      }
      at = tag(open);
    }
    closeLink();
  }

  /** Reads a tag and returns where it ends. */
  private int tag(int open) {
    int next = open + 1;
    boolean closing = next < html.length() && html.charAt(next) == '/';
    int nameStart = closing ? next + 1 : next;
    int nameEnd = nameStart;
    while (nameEnd < html.length() && Character.isLetterOrDigit(html.charAt(nameEnd))) {
      nameEnd++;
    }
    if (html.startsWith("<!--", open)) {
      int end = html.indexOf("-->", open);
      return end < 0 ? html.length() : end + 3;
    }
    int close = close(nameEnd);
    if (nameEnd == nameStart || close < 0) {
      append("<");
      return open + 1;
    }
    String name = html.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
    String attributes = html.substring(nameEnd, close);
    if (closing) {
      end(name);
      return close + 1;
    }
    boolean skipped =
        UNREAD.contains(name)
            || (withoutQuote && attribute(attributes, "class").contains("quote-inline"));
    if (skipped) {
      int end = html.toLowerCase(Locale.ROOT).indexOf("</" + name + ">", close);
      return end < 0 ? html.length() : end + name.length() + 3;
    }
    begin(name, attributes);
    return close + 1;
  }

  /** Returns where a tag ends, quoted values of attributes aside, or -1 if it does not. */
  private int close(int from) {
    char quote = 0;
    for (int at = from; at < html.length(); at++) {
      char c = html.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        return at;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    return -1;
  }

  private void begin(String name, String attributes) {
    if (name.equals("br")) {
      flush();
      text.append('\n');
    } else if (name.equals("a")) {
      closeLink();
      flush();
      target = decoded(attribute(attributes, "href"));
      classes = ' ' + attribute(attributes, "class") + ' ';
      linkStart = text.length();
    } else {
      separate(name);
    }
  }

  private void end(String name) {
    if (name.equals("a")) {
      closeLink();
    } else {
      separate(name);
    }
  }

  private void separate(String name) {
    if (PARAGRAPHS.contains(name)) {
      breaks = 2;
    } else if (LINES.contains(name)) {
      breaks = Math.max(breaks, 1);
    }
  }

  private void closeLink() {
    if (target != null && !target.isEmpty() && linkStart < text.length()) {
      links.add(new Link(linkStart, text.length(), target, classes));
    }
    target = null;
  }

  private void append(String raw) {
    boolean layout = (breaks > 0 || text.isEmpty()) && raw.indexOf('\n') >= 0 && raw.isBlank();
    if (raw.isEmpty() || layout) {
      return;
    }
    flush();
    text.append(decoded(raw));
  }

  /** Begins a new paragraph or line, if one is due and something stands before. */
  private void flush() {
    if (!text.isEmpty()) {
      text.append("\n".repeat(breaks));
    }
    breaks = 0;
  }

  private static String attribute(String attributes, String name) {
    Matcher matcher = ATTRIBUTE.matcher(attributes);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        for (int group = 2; group <= 4; group++) {
          if (matcher.group(group) != null) {
            return matcher.group(group);
          }
        }
      }
    }
    return "";
  }

  /** Undoes the escaping of HTML, once. */
  private static String decoded(String raw) {
    if (raw.indexOf('&') < 0) {
      return raw;
    }
    return REFERENCE
        .matcher(raw)
        .replaceAll(match -> Matcher.quoteReplacement(character(match.group(), match.group(1))));
  }

  private static String character(String reference, String name) {
    if (name.charAt(0) != '#') {
      return NAMED.getOrDefault(name, reference);
    }
    boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
    int codePoint = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
    boolean valid =
        Character.isValidCodePoint(codePoint)
            && codePoint != 0
            && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    return valid ? Character.toString(codePoint) : "\uFFFD";
  }
}
