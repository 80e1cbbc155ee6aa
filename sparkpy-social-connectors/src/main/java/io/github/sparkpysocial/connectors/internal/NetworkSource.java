package io.github.sparkpysocial.connectors.internal;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.http.UserAgent;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Clock;

/** What every listing of a network has. Thread-safe if its subclass is. */
public abstract class NetworkSource implements RecordSource {
  private final PlaceUri uri;
  private final Network network;
  private final Clock clock;

  /** What sends the requests and keeps the limits. */
  protected final RateLimitedTransport http;

  /** Makes a listing of this place. */
  protected NetworkSource(PlaceUri uri, Network network, Clock clock, RateLimitedTransport http) {
    this.uri = uri;
    this.network = network;
    this.clock = clock;
    this.http = http;
  }

  @Override
  public final PlaceUri uri() {
    return uri;
  }

  @Override
  public final Network network() {
    return network;
  }

  @Override
  public final Usage usage() {
    return http.usage();
  }

  /** Returns the provenance of what is fetched now. */
  protected final Provenance provenance() {
    return new Provenance(uri.toString(), clock.instant(), UserAgent.value());
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return uri.toString();
  }
}
