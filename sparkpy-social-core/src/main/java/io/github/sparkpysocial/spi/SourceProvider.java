package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;

/** Opens listings of a network by the scheme of their URI. */
public interface SourceProvider {

  /**
   * Returns the scheme it serves, in lower case, such as {@code github}. Unique among all
   * providers.
   */
  String scheme();

  /**
   * Opens a listing; makes no request yet.
   *
   * @throws IllegalArgumentException if the URI names no listing of this network; the message shows
   *     those there are
   * @throws io.github.sparkpysocial.AuthenticationException if the network needs credentials and
   *     none were found; the message names the environment variable to set
   */
  RecordSource open(PlaceUri uri, SourceOptions options);

  /**
   * Returns the listings within a listing that a URI names, such as <code>
   * github:apache/&#42;/stargazers</code>; makes no request.
   *
   * @return {@code null} if the URI names something else
   * @throws IllegalArgumentException if there are no such listings; the message shows those there
   *     are
   */
  default @Nullable NestedListing nested(PlaceUri uri) {
    return null;
  }

  /** Returns whether the URI names a live stream, to be opened with {@link #openLive}. */
  default boolean isLive(PlaceUri uri) {
    return false;
  }

  /**
   * Opens a live stream; makes no connection yet.
   *
   * @throws IllegalArgumentException if the URI names no live stream of this network
   * @throws io.github.sparkpysocial.AuthenticationException if the network needs credentials and
   *     none were found; the message names the environment variable to set
   */
  default LiveSource openLive(PlaceUri uri, SourceOptions options) {
    throw new IllegalArgumentException(uri + " is no live stream");
  }
}
