package io.github.sparkpysocial.place;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a place of records.
 *
 * <ul>
 *   <li>a network: {@code x:search?q=apache+spark}, {@code github:apache/spark/stargazers}
 *   <li>a file: a path or {@code file:} URI; the ending says the format, {@code ;format=x-v1} where
 *       it cannot
 *   <li>a database: {@code mongodb://host:port/database::collection}, {@code
 *       jdbc:postgresql://host/database::table}
 * </ul>
 *
 * <p>{@link #toString()} never shows a password. Immutable and thread-safe.
 */
public final class PlaceUri {
  private static final Pattern SCHEME =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile(";([a-z][a-z0-9-]*)=([^;]*)$");
  private static final Pattern USER_INFO = Pattern.compile("//([^/@:]*)(?::([^/]*))?@");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&;](?:key|hexkey|apikey|api_key|[\\w.-]*(?:token|password\\d?|pwd|secret))=)[^&;]*");

  private final String original;
  private final String scheme;
  private final String location;
  private final @Nullable String table;
  private final Map<String, String> parameters;
  private final Map<String, String> options;

  private PlaceUri(
      String original,
      String scheme,
      String location,
      @Nullable String table,
      Map<String, String> parameters,
      Map<String, String> options) {
    this.original = original;
    this.scheme = scheme;
    this.location = location;
    this.table = table;
    this.parameters = Collections.unmodifiableMap(parameters);
    this.options = Collections.unmodifiableMap(options);
  }

  /**
   * Reads a URI or a file's path.
   *
   * @throws IllegalArgumentException if it is empty or a parameter is not well-formed
   */
  public static PlaceUri parse(String text) {
    Objects.requireNonNull(text, "text");
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "The URI of a place is empty; name a file, a network such as x:search?q=spark, or a"
              + " database such as mongodb://host/db::collection");
    }
    String rest = text;
    Map<String, String> options = new LinkedHashMap<>();
    Matcher option = OPTION.matcher(rest);
    while (option.find()) {
      options.putIfAbsent(option.group(1), option.group(2));
      rest = rest.substring(0, option.start());
      option = OPTION.matcher(rest);
    }
    Matcher withScheme = SCHEME.matcher(rest);
    if (!withScheme.matches() || withScheme.group(1).equalsIgnoreCase("file")) {
      String path = withScheme.matches() ? withScheme.group(2) : rest;
      if (path.startsWith("//")) {
        path = path.substring(path.startsWith("///") ? 2 : 0);
      }
      return new PlaceUri(text, "file", path, null, Map.of(), options);
    }
    String scheme = withScheme.group(1).toLowerCase(Locale.ROOT);
    String location = withScheme.group(2);
    String table = null;
    int tableAt = location.indexOf("::");
    if (tableAt >= 0) {
      table = location.substring(tableAt + 2);
      location = location.substring(0, tableAt);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int query = location.indexOf('?');
    if (query >= 0 && !isDatabase(scheme, location)) {
      for (String pair : location.substring(query + 1).split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          parameters.put(decode(name), decode(value));
        }
      }
      location = location.substring(0, query);
    }
    return new PlaceUri(text, scheme, location, table, parameters, options);
  }

  private static boolean isDatabase(String scheme, String location) {
    return scheme.equals("jdbc") || location.startsWith("//");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A parameter of the URI has a broken percent sign: write a literal % as %25", e);
    }
  }

  /** Returns the scheme in lower case; {@code file} for a path without one. */
  public String scheme() {
    return scheme;
  }

  /** Returns whether this names a file. */
  public boolean isFile() {
    return scheme.equals("file");
  }

  /**
   * Returns what stands between the scheme and the parameters, table or options: a file's path,
   * {@code search}, {@code apache/spark/stargazers}, {@code //host:port/db?option=1}. For a
   * database it may hold a password.
   */
  public String location() {
    return location;
  }

  /** Returns the table or collection after {@code ::}, or {@code null} if there is none. */
  public @Nullable String table() {
    return table;
  }

  /** Returns the decoded parameters after {@code ?} of a network's URI, in order. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Returns the parameter of this name, or {@code null}. */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /** Returns the options after {@code ;}, such as {@code format}. */
  public Map<String, String> options() {
    return options;
  }

  /** Returns the whole URI as it was given, which may hold a password: never print it. */
  public String withSecrets() {
    return original;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlaceUri that && that.original.equals(original);
  }

  @Override
  public int hashCode() {
    return original.hashCode();
  }

  /** Returns the URI with passwords and tokens replaced by asterisks. */
  @Override
  public String toString() {
    String shown = original;
    if (!isFile()) {
      Matcher userInfo = USER_INFO.matcher(shown);
      if (userInfo.find() && userInfo.group(2) != null) {
        shown = shown.substring(0, userInfo.start(2)) + "***" + shown.substring(userInfo.end(2));
      }
      shown = SECRET_PARAMETER.matcher(shown).replaceAll("$1***");
    }
    return shown;
  }
}
