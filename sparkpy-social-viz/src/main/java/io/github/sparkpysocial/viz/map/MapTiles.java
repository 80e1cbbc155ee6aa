package io.github.sparkpysocial.viz.map;

import io.github.sparkpysocial.client.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the streets of a city map come from: a server of square images in the Web Mercator
 * projection. A page lets images come from that server alone. Immutable and thread-safe.
 */
public final class MapTiles {
  private static final String GOOGLE = "https://tile.googleapis.com";

  private final Kind kind;
  private final String template;
  private final String attribution;
  private final String attributionLink;
  private final int maxZoom;
  private final @Nullable Secret key;

  /** How the images are asked for. */
  public enum Kind {
    /** Not at all: points on a plain grid. */
    NONE,
    /** By an address with {@code {z}}, {@code {x}} and {@code {y}}. */
    TEMPLATE,
    /** By Google's Map Tiles API, with a key. */
    GOOGLE
  }

  private MapTiles(
      Kind kind,
      String template,
      String attribution,
      String attributionLink,
      int maxZoom,
      @Nullable Secret key) {
    this.kind = kind;
    this.template = template;
    this.attribution = attribution;
    this.attributionLink = attributionLink;
    this.maxZoom = maxZoom;
    this.key = key;
  }

  /** Returns no tiles: the points lie on a plain grid, and nobody is asked. */
  public static MapTiles none() {
    return new MapTiles(Kind.NONE, "", "", "", 18, null);
  }

  /**
   * Returns the tiles of openstreetmap.org. Its usage policy (operations.osmfoundation.org) forbids
   * heavy use, and asks for a Referer, which a browser does not send for a page opened from a file:
   * serve the page over http, or take a tile server of your own.
   */
  public static MapTiles openStreetMap() {
    return new MapTiles(
        Kind.TEMPLATE,
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors",
        "https://www.openstreetmap.org/copyright",
        19,
        null);
  }

  /**
   * Returns the tiles of any server.
   *
   * @param template the address of a tile, with {@code {z}}, {@code {x}} and {@code {y}} in its
   *     path, such as {@code https://tiles.example/{z}/{x}/{y}.png}; http or https
   * @param attribution who made the map, as its licence asks to say
   * @throws IllegalArgumentException if the template is not such an address
   */
  public static MapTiles of(String template, String attribution) {
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(attribution, "attribution");
    for (String part : new String[] {"{z}", "{x}", "{y}"}) {
      if (!template.contains(part)) {
        throw new IllegalArgumentException(
            "The address of a tile has "
                + part
                + " in its path, such as"
                + " https://tiles.example/{z}/{x}/{y}.png");
      }
    }
    origin(template);
    return new MapTiles(Kind.TEMPLATE, template, attribution, "", 19, null);
  }

  /**
   * Returns the tiles of Google Maps. The page asks its reader for a key of Google's Map Tiles API,
   * keeps it in the memory of that page alone, and sends it to Google only.
   */
  public static MapTiles google() {
    return new MapTiles(Kind.GOOGLE, GOOGLE, "Google Maps", "", 20, null);
  }

  /**
   * Returns the tiles of Google Maps with a key that is <em>written into the page in clear</em>:
   * whoever has the file has the key. Restrict it to your address in Google's console first.
   */
  public static MapTiles googleWithKeyInFile(Secret key) {
    return new MapTiles(
        Kind.GOOGLE, GOOGLE, "Google Maps", "", 20, Objects.requireNonNull(key, "key"));
  }

  /** Returns how the images are asked for. */
  public Kind kind() {
    return kind;
  }

  /** Returns the address of a tile, or of Google's service; empty if there are none. */
  public String template() {
    return template;
  }

  /** Returns who made the map. */
  public String attribution() {
    return attribution;
  }

  /** Returns where more is said about that, or an empty text. */
  public String attributionLink() {
    return attributionLink;
  }

  /** Returns the highest level of zoom that there are tiles for. */
  public int maxZoom() {
    return maxZoom;
  }

  /** Returns the key that is to be written into the page, or {@code null}. */
  public @Nullable Secret keyInFile() {
    return key;
  }

  /** Returns the one origin that images come from, such as {@code https://tiles.example}. */
  public String origin() {
    return template.isEmpty() ? "" : origin(template);
  }

  private static String origin(String template) {
    String plain = template.replaceAll("\\{[zxyr]}", "0");
    try {
      URI uri = new URI(plain);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      String host = uri.getHost();
      if ((scheme.equals("https") || scheme.equals("http"))
          && host != null
          && host.matches("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]")
          && uri.getRawUserInfo() == null) {
        return scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      }
    } catch (URISyntaxException e) {
      // the message below says what is wanted
    }
    throw new IllegalArgumentException(
        "The address of a tile begins with https:// and a host without placeholders, such as"
            + " https://tiles.example/{z}/{x}/{y}.png, was '"
            + template
            + "'");
  }

  @Override
  public String toString() {
    return "MapTiles[" + kind + (template.isEmpty() ? "" : " " + origin()) + "]";
  }
}
