package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens while a sandbox runs, and the streams that tell of it. Posts of the community happen
 * in its order; those that have happened are the ones before {@link #published()}. Thread-safe.
 */
final class LiveFeed implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

  /** How long a test may wait for a stream, of a program that has yet to start, too. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration HANG_UP = Duration.ofSeconds(2);

  private final Community community;
  private final Duration keepAlive;
  private final Object lock = new Object();
  private final List<Session> sessions = new ArrayList<>();
  private int published;
  private boolean stalled;
  private int fragmentBytes = Integer.MAX_VALUE;
  private @Nullable ScheduledExecutorService clockwork;

  LiveFeed(Community community, int heldBack, Duration keepAlive) {
    this.community = community;
    this.keepAlive = keepAlive;
    this.published = community.writtenPosts() - heldBack;
  }

  /** One open stream, and how far it has come. */
  private static final class Session {
    private final String key;
    private final OpenStream stream;
    private final String keepAliveText;
    private int next;
    private @Nullable StreamEnd end;

    Session(String key, OpenStream stream, String keepAliveText, int next) {
      this.key = key;
      this.stream = stream;
      this.keepAliveText = keepAliveText;
      this.next = next;
    }
  }

  /** Returns how many posts have happened: all {@link Community#postAt} below it. */
  int published() {
    synchronized (lock) {
      return published;
    }
  }

  /** Returns whether a post of the community has happened. */
  boolean hasHappened(Post post) {
    int count = published();
    // Ids are in the order of time, as X's are.
    return count == community.writtenPosts()
        || (count > 0
            && Long.parseLong(post.id()) <= Long.parseLong(community.postAt(count - 1).id()));
  }

  /** Lets the next posts happen. */
  void publish(int posts) {
    synchronized (lock) {
      int left = community.writtenPosts() - published;
      if (posts < 0 || posts > left) {
        throw new IllegalArgumentException(
            "From 0 to " + left + " posts can still happen, was " + posts);
      }
      published += posts;
      lock.notifyAll();
    }
  }

  /** Lets posts happen by themselves until none is left. */
  void publishAt(double perSecond) {
    if (perSecond <= 0) {
      return;
    }
    clockwork =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sandbox-clockwork");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = Math.max(1, Math.round(1e9 / perSecond));
    Future<?> unused =
        clockwork.scheduleAtFixedRate(
            () -> publish(published() < community.writtenPosts() ? 1 : 0),
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  /**
   * Returns the body of a stream: what it sends of each post as it happens, and a keep-alive after
   * a silence. It goes on until the client hangs up, a test ends it, or the sandbox closes.
   *
   * @param key whose stream it is, as in {@link StreamRules#key()}
   * @param from the first post to send: {@link #published()}, or one before it for a stream that
   *     goes back
   * @param keepAliveText what is sent after a silence, with its line ends; a WebSocket sends a ping
   *     instead
   * @param texts what is sent of the post at an index, with its line ends: nothing if the stream
   *     does not want it
   */
  StreamBody stream(String key, int from, String keepAliveText, IntFunction<List<String>> texts) {
    return stream -> {
      Session session = new Session(key, stream, keepAliveText, from);
      open(session);
      try {
        stream.begin(); // not before it is in the list: what a test sends from here on arrives
        run(session, texts);
      } finally {
        synchronized (lock) {
          sessions.remove(session);
          lock.notifyAll();
        }
      }
    };
  }

  private void open(Session session) {
    synchronized (lock) {
      sessions.add(session);
      fragment(session);
      lock.notifyAll();
    }
    session.stream.whenClosed(
        () -> {
          synchronized (lock) {
            lock.notifyAll();
          }
        });
  }

  private enum Step {
    POST,
    KEEP_ALIVE,
    END
  }

  private void run(Session session, IntFunction<List<String>> texts)
      throws IOException, InterruptedException {
    while (true) {
      switch (next(session)) {
        case POST -> {
          for (String text : texts.apply(session.next)) {
            session.stream.send(text);
          }
          session.next++;
        }
        case KEEP_ALIVE -> session.stream.keepAlive(session.keepAliveText);
        case END -> {
          end(session, texts);
          return;
        }
      }
    }
  }

  /** Waits until a stream has something to do. */
  private Step next(Session session) throws InterruptedException {
    long deadline = System.nanoTime() + keepAlive.toNanos();
    synchronized (lock) {
      while (true) {
        if (session.end != null || !session.stream.isOpen()) {
          return Step.END;
        }
        if (!stalled && session.next < published) {
          return Step.POST;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0 && !stalled) {
          return Step.KEEP_ALIVE;
        }
        lock.wait(stalled ? 0 : millis);
      }
    }
  }

  private void end(Session session, IntFunction<List<String>> texts) throws IOException {
    StreamEnd how = session.end == null ? StreamEnd.CUT : session.end;
    if (how == StreamEnd.CUT_WITHIN_POST || how == StreamEnd.CLOSED_WITHIN_POST) {
      for (int index = session.next; index < community.writtenPosts(); index++) {
        List<String> next = texts.apply(index);
        if (!next.isEmpty()) {
          session.stream.sendPart(next.get(0));
          break;
        }
      }
    }
    if (how == StreamEnd.CUT || how == StreamEnd.CUT_WITHIN_POST) {
      session.stream.close();
    }
  }

  /**
   * Returns whether a stream of this key is open, having given a client that has just hung up a
   * moment to be noticed.
   */
  boolean isBusy(String key) {
    return !await(HANG_UP, () -> sessions.stream().noneMatch(s -> s.key.equals(key)));
  }

  /** Returns whether a stream of this key is open at this moment. */
  boolean isOpen(String key) {
    synchronized (lock) {
      return sessions.stream().anyMatch(session -> session.key.equals(key));
    }
  }

  int open() {
    synchronized (lock) {
      return sessions.size();
    }
  }

  void awaitOpen(int streams) throws InterruptedException {
    if (!await(PATIENCE, () -> sessions.size() == streams)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new IllegalStateException(
          open() + " streams are open; waited " + PATIENCE + " for " + streams);
    }
  }

  /** Waits for a condition; false if it did not come, or the thread was interrupted. */
  private boolean await(Duration longest, BooleanSupplier condition) {
    long deadline = System.nanoTime() + longest.toNanos();
    synchronized (lock) {
      while (!condition.getAsBoolean()) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          return false;
        }
        try {
          lock.wait(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }

  void disconnect(StreamEnd how) {
    List<Session> ended;
    synchronized (lock) {
      ended = List.copyOf(sessions);
      ended.forEach(session -> session.end = how);
      lock.notifyAll();
    }
    if (how == StreamEnd.CUT) {
      ended.forEach(session -> session.stream.close());
    }
    if (!await(HANG_UP, () -> ended.stream().noneMatch(sessions::contains))) {
      ended.forEach(session -> session.stream.close()); // its client does not read
      await(HANG_UP, () -> ended.stream().noneMatch(sessions::contains));
    }
  }

  void stall(boolean silent) {
    synchronized (lock) {
      stalled = silent;
      lock.notifyAll();
    }
  }

  void send(String text) {
    Objects.requireNonNull(text, "text");
    for (Session session : current()) {
      attempt(() -> session.stream.send(text));
    }
  }

  void keepAlive() {
    for (Session session : current()) {
      attempt(() -> session.stream.keepAlive(session.keepAliveText));
    }
  }

  private List<Session> current() {
    synchronized (lock) {
      return List.copyOf(sessions);
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private static void attempt(Sending sending) {
    try {
      sending.run();
    } catch (IOException e) {
      log.debug("A stream of the sandbox was gone: {}", e.toString());
    }
  }

  void fragment(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("A frame has at least 1 byte, was " + bytes);
    }
    synchronized (lock) {
      fragmentBytes = bytes;
      sessions.forEach(this::fragment);
    }
  }

  private void fragment(Session session) {
    if (session.stream instanceof WebSocketStream socket) {
      socket.fragment(fragmentBytes);
    }
  }

  /** Lets nothing more happen. The streams end with the server. */
  @Override
  public void close() {
    ScheduledExecutorService running = clockwork;
    if (running != null) {
      running.shutdownNow();
    }
  }
}
