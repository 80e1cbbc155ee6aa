package io.github.sparkpysocial.testkit.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins.
 *
 * @param before the index of the newest item of the page before, exclusive
 * @param page the number of the page, from 0
 */
record XPageToken(int before, int page) {
  private static final XPageToken FIRST = new XPageToken(Integer.MAX_VALUE, 0);

  /** Reads {@code next_token} or {@code pagination_token} of this listing. */
  static XPageToken read(XParameters parameters, String listing) throws XRefused {
    String name = parameters.text("next_token") != null ? "next_token" : "pagination_token";
    String token = parameters.text(name);
    if (token == null) {
      return FIRST;
    }
    XPageToken read = parsed(token, listing);
    if (read == null) {
      throw XRefused.parameter(
          name, token, "The `" + name + "` query parameter value is not valid");
    }
    return read;
  }

  private static @Nullable XPageToken parsed(String token, String listing) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII)
              .split("\\.", -1);
      return parts.length == 3 && parts[2].equals(Integer.toHexString(listing.hashCode()))
          ? new XPageToken(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns the token of the page after this one. */
  String next(int nextBefore, String listing) {
    String plain = nextBefore + "." + (page + 1) + "." + Integer.toHexString(listing.hashCode());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }
}
