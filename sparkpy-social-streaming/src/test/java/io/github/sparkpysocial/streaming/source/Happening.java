package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What happens in the community while it is followed. */
final class Happening {
  static final Community COMMUNITY = Community.builder().posts(600).build();
  static final int HELD_BACK = 400;
  static final Instant FIRST = Instant.parse("2026-10-31T12:00:00Z");

  private Happening() {}

  /**
   * Returns the ids of the posts that are written while a stream is followed, and stay. A search
   * finds no reposts, and a public timeline of Mastodon has no replies to others.
   */
  static Set<String> ids(Network network) {
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

  /** Writes a file of so many posts, a second apart. */
  static PlaceUri write(Path path, int posts) {
    return write(path, posts, Duration.ofSeconds(1));
  }

  /** Writes a file of so many posts, so much apart. */
  static PlaceUri write(Path path, int posts, Duration apart) {
    PlaceUri file = PlaceUri.parse(path.toString());
    List<Post> recorded = new ArrayList<>();
    for (int i = 0; i < posts; i++) {
      recorded.add(
          Post.builder(Network.X, Integer.toString(i), "Post " + i)
              .createdAt(FIRST.plus(apart.multipliedBy(i)))
              .build());
    }
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store = Places.openStore(file, StoreOptions.with(quarantine))) {
      store.write(recorded);
    }
    return file;
  }

  /** Returns timing by a clock: who waits moves it. */
  static Timing timing(SettableClock clock) {
    return new Timing() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        clock.sleep(duration);
      }
    };
  }

  /** Waits until something holds, at most half a minute. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within half a minute: " + what);
      }
      Thread.onSpinWait();
    }
  }
}
