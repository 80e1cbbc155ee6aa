package io.github.sparkpysocial.connectors.internal;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds an address with percent-encoded parameters. */
public final class Query {
  private final StringBuilder address;
  private boolean first = true;

  /** Starts at a base address and a path that needs no encoding. */
  public Query(URI base, String path) {
    this.address = new StringBuilder(base.toString()).append(path);
  }

  /** Adds a parameter; {@code null} adds nothing. */
  public Query with(String name, @Nullable Object value) {
    if (value != null) {
      address
          .append(first ? '?' : '&')
          .append(name)
          .append('=')
          .append(encode(value.toString()).replace("%2C", ","));
      first = false;
    }
    return this;
  }

  /** Returns one segment of a path or one value, percent-encoded. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Returns what a percent-encoded segment of a path says.
   *
   * @throws IllegalArgumentException if a percent sign is broken
   */
  public static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Returns the address. */
  public URI uri() {
    return URI.create(address.toString());
  }
}
