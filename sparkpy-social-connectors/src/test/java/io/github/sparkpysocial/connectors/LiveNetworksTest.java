package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.JdkLiveTransport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.live.LiveEvent;
import io.github.sparkpysocial.live.LiveListener;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveStream;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The live streams of the networks, cut fifty times: every post comes once, what happened while a
 * stream was down included, by the network's mark or by its search.
 */
@Timeout(120)
class LiveNetworksTest {
  private static final Community COMMUNITY =
      Community.builder().posts(3_000).people(60).commits(20).build();
  private static final int HELD_BACK = 2_400;
  private static final int DISCONNECTS = 50;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final AtomicInteger disconnected = new AtomicInteger();
  private final AtomicInteger connected = new AtomicInteger();
  private final CountDownLatch taken = new CountDownLatch(1);
  private final Timing timing =
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

  @ParameterizedTest
  @CsvSource({
    "x:stream?rule=spark&manage=true, x, 1",
    "mastodon:sparkling.example/stream/public, mastodon, 2",
    "mastodon:sparkling.example/stream/public?via=websocket, mastodon, 3",
    "bluesky:jetstream?collections=app.bsky.feed.post, bluesky, 4",
    "bluesky:jetstream?collections=app.bsky.feed.post&dialect=v2, bluesky, 5"
  })
  void everyPostComesOnce(String place, String name, long seed) throws Exception {
    Network network = Network.of(name);
    Set<String> wanted = wanted(network);
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).live(HELD_BACK).start()) {
      SourceOptions options =
          new SourceOptions(sandbox.environment(), clock)
              .withLimits(RateLimits.create(timing))
              .withLive(JdkLiveTransport.builder().probeAfter(Duration.ofMillis(50)).build());
      Map<String, Integer> times = new TreeMap<>();
      Map<String, String> texts = new HashMap<>();
      int opened = 0;
      int filled = 0;
      CompletableFuture<Void> script;
      try (LiveSource source = Places.openLive(PlaceUri.parse(place), options);
          LiveStream stream =
              LiveStream.builder(source)
                  .timing(timing)
                  .settling(Duration.ZERO)
                  .listener(
                      new LiveListener() {
                        @Override
                        public void connected() {
                          connected.incrementAndGet();
                        }

                        @Override
                        public void disconnected(String reason) {
                          disconnected.incrementAndGet();
                        }
                      })
                  .open()) {
        script = CompletableFuture.runAsync(() -> cut(sandbox, new Random(seed)));
        int quiet = 0;
        while (!script.isDone() || filled < opened || !times.keySet().containsAll(wanted)) {
          LiveEvent event = stream.next(Duration.ofMillis(100));
          quiet = event == null ? quiet + 1 : 0;
          if (quiet > 100) {
            break; // what is missing is told below
          }
          if (event instanceof LiveEvent.Records records) {
            assertThat(records.rejected()).isEmpty();
            for (SocialRecord record : records.records()) {
              if (record instanceof Post post) {
                taken.countDown();
                boolean edited = !post.text().equals(texts.put(post.id(), post.text()));
                times.merge(
                    post.id(), edited && times.containsKey(post.id()) ? 0 : 1, Integer::sum);
              }
            }
          } else if (event instanceof LiveEvent.HoleOpened) {
            opened++;
          } else if (event instanceof LiveEvent.HoleFilled) {
            filled++;
          } else if (event instanceof LiveEvent.HoleKept kept) {
            throw new AssertionError(kept.toString());
          }
        }
      }
      script.get();

      assertThat(times.keySet()).as("every post").containsAll(wanted);
      assertThat(times.values()).as("once").containsOnly(1);
      assertThat(disconnected.get()).isGreaterThanOrEqualTo(DISCONNECTS);
      assertThat(opened).as("holes, where the network has no marks").isEqualTo(filled);
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  /**
   * What happens from the first post held back on, and stays. A search finds no reposts, and a
   * public timeline of Mastodon has no replies to others.
   */
  private static Set<String> wanted(Network network) {
    int first =
        COMMUNITY.writtenBefore(
            network,
            Objects.requireNonNull(
                COMMUNITY.postAt(COMMUNITY.writtenPosts() - HELD_BACK).createdAt()));
    return IntStream.range(first, COMMUNITY.writtenPosts(network))
        .mapToObj(index -> COMMUNITY.postAt(network, index))
        .filter(post -> post.kind() != Post.Kind.REPOST && !COMMUNITY.isDeleted(post.id()))
        .filter(post -> !network.equals(Network.MASTODON) || post.kind() != Post.Kind.REPLY)
        .filter(post -> !network.equals(Network.X) || post.text().matches("(?is).*\\bspark\\b.*"))
        .map(Post::id)
        .collect(Collectors.toSet());
  }

  private void cut(Sandbox sandbox, Random random) {
    try {
      sandbox.awaitStreams(1);
      while (taken.getCount() > 0) {
        sandbox.publish(1); // until one of them is one that this stream brings
        Thread.onSpinWait();
        taken.await(5, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
      while (disconnected.get() < DISCONNECTS) {
        int before = connected.get();
        sandbox.publish(random.nextInt(30));
        sandbox.disconnectStreams();
        sandbox.publish(random.nextInt(10));
        while (connected.get() == before) {
          Thread.onSpinWait();
        }
        sandbox.awaitStreams(1);
        sandbox.publish(1);
      }
      sandbox.publish(COMMUNITY.writtenPosts() - sandbox.published());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
