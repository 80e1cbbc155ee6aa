package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;

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
}
