package io.github.sparkpysocial.viz.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides what may be a link. */
public final class Links {
  private static final int LONGEST = 2000;

  private Links() {}

  /**
   * Returns the address if it is a well-formed http or https URL with a host and without a user
   * name, which could pretend to be a host; otherwise {@code null}: then the text is shown alone.
   */
  public static @Nullable String safe(@Nullable String link) {
    if (link == null || link.length() > LONGEST) {
      return null;
    }
    try {
      URI uri = new URI(link.strip());
      String scheme = uri.getScheme();
      if (scheme == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
        return null;
      }
      return switch (scheme.toLowerCase(Locale.ROOT)) {
        case "http", "https" -> uri.toASCIIString();
        default -> null;
      };
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
