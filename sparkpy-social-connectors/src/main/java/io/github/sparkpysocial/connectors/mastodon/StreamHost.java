package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.live.LiveRefusedException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where an instance streams: what {@code /api/v2/instance} says, or {@code
 * /api/v1/instance} on an old one, or the instance itself (<a
 * href="https://docs.joinmastodon.org/methods/streaming/">streaming</a>). Since the token goes
 * there, the host has to be the instance's own or one below it.
 */
final class StreamHost {
  private final MastodonApi api;
  private volatile @Nullable URI found;

  StreamHost(MastodonApi api) {
    this.api = api;
  }

  /**
   * Returns the address that paths are appended to; the instance is asked once.
   *
   * @throws LiveRefusedException if the instance names a host that is not its own
   * @throws IOException if the instance cannot be asked
   */
  URI find() throws IOException, InterruptedException {
    URI known = found;
    if (known == null) {
      String told;
      try {
        told = told();
      } catch (SocialException e) {
        throw new IOException(
            "Where " + api.host() + " streams is not known: " + e.getMessage(), e);
      }
      known = told == null ? api.base() : checked(told);
      found = known;
    }
    return known;
  }

  private @Nullable String told() throws InterruptedException {
    String told = told("/api/v2/instance");
    return told == null ? told("/api/v1/instance") : told;
  }

  private @Nullable String told(String path) throws InterruptedException {
    JsonNode instance;
    try {
      instance = JsonDocument.of(api.get(new Query(api.base(), path).uri())).root();
    } catch (InvalidQueryException e) {
      return null; // the other one is older, or newer
    }
    String told = instance.path("configuration").path("urls").path("streaming").asText("");
    told = told.isEmpty() ? instance.path("urls").path("streaming_api").asText("") : told;
    return told.isEmpty() ? null : told;
  }

  private URI checked(String told) throws LiveRefusedException {
    URI address;
    try {
      address = URI.create(told.endsWith("/") ? told.substring(0, told.length() - 1) : told);
    } catch (IllegalArgumentException e) {
      throw refused("an address that is none");
    }
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    if (host == null || address.getUserInfo() != null) {
      throw refused("an address without a host");
    }
    if (api.sandbox()) {
      if (JdkHttpTransport.isLoopback(address)) {
        return URI.create(told.replaceFirst("^ws", "http"));
      }
      throw refused(host + ", which is not on this machine");
    }
    String own = String.valueOf(api.base().getHost()).toLowerCase(Locale.ROOT);
    boolean isOwn = host.equalsIgnoreCase(own) || host.toLowerCase(Locale.ROOT).endsWith("." + own);
    if (!isOwn || !(scheme.equals("wss") || scheme.equals("https"))) {
      throw refused(scheme + "://" + host);
    }
    return URI.create("https" + address.toString().substring(scheme.length()));
  }

  private LiveRefusedException refused(String what) {
    return new LiveRefusedException(
        LiveRefusedException.Kind.FINAL,
        null,
        api.host()
            + " streams at "
            + what
            + "; the token is sent by https to "
            + api.host()
            + " and hosts below it alone");
  }
}
