package io.github.sparkpysocial.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes credentials out of everything that is printed, logged or thrown. */
public final class Redaction {
  /** What stands where a secret stood. */
  static final String MASK = "***";

  /** The longest text of a server that goes into a message. */
  private static final int LONGEST_QUOTE = 300;

  private static final Set<String> SECRET_HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "x-api-key",
          "x-auth-token",
          "x-csrf-token");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&;](?:access_token|refresh_token|id_token|token|key|apikey|api_key|client_secret"
              + "|password|pwd|secret|sig|signature|code)=)[^&;#]*");
  private static final Pattern USER_INFO = Pattern.compile("//[^/@?#]*@");
  private static final Pattern KNOWN_TOKEN =
      Pattern.compile(
          "(?i)\\b(?:Bearer|Basic|token)\\s+[A-Za-z0-9._~+/=%-]{8,}"
              + "|\\bgh[pousr]_[A-Za-z0-9]{16,}|\\bgithub_pat_[A-Za-z0-9_]{16,}");

  /** Shorter values are no secrets, and hiding them would hide ordinary words. */
  private static final int SHORTEST_SECRET = 8;

  private static final int MOST_REMEMBERED = 1_000;

  /** The secrets in use, the oldest first; whatever is shown is searched for them. */
  private static final Set<String> REMEMBERED = new LinkedHashSet<>();

  private Redaction() {}

  /**
   * Takes a secret out of everything that is shown from now on, wherever it comes from: a server
   * may repeat it in an error.
   *
   * @param secret at least 8 characters, else it is not remembered
   */
  public static void remember(String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      return;
    }
    synchronized (REMEMBERED) {
      if (REMEMBERED.add(secret) && REMEMBERED.size() > MOST_REMEMBERED) {
        REMEMBERED.remove(REMEMBERED.iterator().next());
      }
    }
  }

  /** Returns whether the value of this header must never be shown. */
  static boolean isSecret(String header) {
    return SECRET_HEADERS.contains(header.toLowerCase(Locale.ROOT));
  }

  /** Returns the value of a header as it may be shown. */
  public static String header(String name, String value) {
    return isSecret(name) ? MASK : text(value);
  }

  /** Returns an address without user info and without the values of secret parameters. */
  public static String uri(URI uri) {
    return uri(uri.toString());
  }

  private static String uri(String uri) {
    String shown = USER_INFO.matcher(uri).replaceFirst("//" + MASK + "@");
    return text(SECRET_PARAMETER.matcher(shown).replaceAll("$1" + MASK));
  }

  /** Returns a text without what looks like a token. */
  public static String text(String text) {
    String shown = text;
    synchronized (REMEMBERED) {
      for (String secret : REMEMBERED) {
        shown = shown.replace(secret, MASK);
      }
    }
    return KNOWN_TOKEN.matcher(shown).replaceAll(MASK);
  }

  /**
   * Returns what a server said, fit to be quoted in a message: on one line, at most 300 characters,
   * without control characters and without the credentials of the request, even if the server
   * repeats them.
   */
  public static String quote(String serverText, HttpRequest request) {
    String shown = serverText;
    for (var header : request.headers().asMap().entrySet()) {
      if (isSecret(header.getKey())) {
        for (String value : header.getValue()) {
          shown = shown.replace(value, MASK);
          String bare = value.substring(value.indexOf(' ') + 1);
          if (bare.length() > 3) {
            shown = shown.replace(bare, MASK);
          }
        }
      }
    }
    shown = uri(shown).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return shown.codePointCount(0, shown.length()) <= LONGEST_QUOTE
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
  }
}
