package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sandbox of X whose waits pass at once, and options that lead to it. */
final class XWorld implements AutoCloseable {
  final SettableClock clock;
  final Sandbox sandbox;
  final SourceOptions options;
  final List<LimitWait> waits = new CopyOnWriteArrayList<>();

  private XWorld(SettableClock clock, Sandbox sandbox) {
    this.clock = clock;
    this.sandbox = sandbox;
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    options =
        new SourceOptions(sandbox.environment(), clock)
            .withLimits(RateLimits.create(timing))
            .withListener(waits::add);
  }

  /** Starts it; the clock of the builder is set to the community's instant. */
  static XWorld start(Community community, Sandbox.Builder builder) {
    SettableClock clock = SettableClock.at(community.now());
    return new XWorld(clock, builder.clock(clock).start());
  }

  RecordSource open(String uri) {
    return open(uri, options);
  }

  static RecordSource open(String uri, SourceOptions options) {
    return Places.openSource(PlaceUri.parse(uri), options);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
