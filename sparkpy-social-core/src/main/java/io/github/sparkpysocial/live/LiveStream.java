package io.github.sparkpysocial.live;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a network sends as it happens, for as long as it is wanted. The stream connects again by
 * itself, as the network documents it, and brings every record once, or tells of the hole in which
 * it may have missed some; where the network allows it, a hole is filled by a search.
 *
 * <pre>{@code
 * try (LiveStream stream = LiveStream.open(source)) {
 *   for (LiveEvent event : stream) {
 *     if (event instanceof LiveEvent.Records records) {
 *       records.records().forEach(...);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>A thread of its own reads frames into a bounded queue and does nothing else; what they mean is
 * read on the consumer's thread. When the queue is full the reader waits, so that the server's own
 * buffer fills: nothing is dropped here, and if the server cuts the connection then, that is a hole
 * as any other.
 *
 * <p>A record that the stream brought before, among the last 100,000, is not brought again, unless
 * the network sends it with another content: an edit. What fills a hole never repeats what the
 * stream brought.
 *
 * <p>One thread consumes, by {@link #next}, an iterator or a {@link #publisher()}; any thread may
 * close. No thread is left behind by {@link #close()}.
 */
public final class LiveStream implements Iterable<LiveEvent>, AutoCloseable {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  /** The watchdog looks so often; networks count silence in tens of seconds. */
  private static final Duration WATCH = Duration.ofMillis(100);

  private static final long JOIN_MILLIS = 2_000;

  private final LiveSource source;
  private final Timing timing;
  private final LiveQueue queue;
  private final LiveReader reader;
  private final HoleFiller filler;
  private final SeenRecords seen;
  private final boolean fills;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final Deque<LiveEvent> read = new ArrayDeque<>();
  private @Nullable Position last;

  private LiveStream(Builder builder) {
    this.source = builder.source;
    this.timing = builder.timing;
    this.fills = builder.fills;
    this.queue = new LiveQueue(builder.capacity);
    this.seen = new SeenRecords(builder.seenKeys);
    this.reader =
        new LiveReader(source, queue, timing, builder.listener, builder.capacity, builder.after);
    this.filler =
        new HoleFiller(
            source,
            queue,
            timing,
            Objects.requireNonNullElse(builder.settling, source.settling()),
            builder.fillPages);
  }

  /** Returns a builder with the defaults; the caller closes the source after the stream. */
  public static Builder builder(LiveSource source) {
    return new Builder(source);
  }

  /** Opens a stream with the defaults; the caller closes the source after the stream. */
  public static LiveStream open(LiveSource source) {
    return builder(source).open();
  }

  private void start(List<Hole> holes) {
    start("reader", reader);
    start("watchdog", this::watch);
    if (fills) {
      holes.forEach(filler::add);
      start("filler", filler);
    }
  }

  private void start(String name, Runnable task) {
    Thread thread = new Thread(task, "live-" + source.uri().scheme() + '-' + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Looks at the reader again and again, by the system's clock; it asks the timing. */
  private void watch() {
    try {
      while (!closed.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
        reader.checkSilence();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the stream is closing
    }
  }

  /**
   * Waits for the next event.
   *
   * @return the event, or {@code null} once the stream is closed
   * @throws InterruptedException if the thread is interrupted; the stream goes on, and nothing is
   *     lost
   * @throws LiveEndedException if the network refuses the stream for good
   */
  public @Nullable LiveEvent next() throws InterruptedException {
    return next(FOR_EVER);
  }

  /**
   * Waits for the next event, by the system's clock.
   *
   * @param longest how long at most
   * @return the event, or {@code null} if none came in that time, or the stream is closed
   * @throws InterruptedException if the thread is interrupted; the stream goes on, and nothing is
   *     lost
   * @throws LiveEndedException if the network refuses the stream for good
   */
  public @Nullable LiveEvent next(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + Math.max(0, longest.toNanos());
    while (true) {
      LiveEvent ready = read.poll();
      if (ready != null) {
        return ready;
      }
      LiveQueue.Item item = queue.take(Math.max(0, deadline - System.nanoTime()));
      if (item == null) {
        Throwable failure = queue.failure();
        if (failure != null) {
          throw new LiveEndedException(source.uri() + ": " + failure.getMessage(), failure);
        }
        return null;
      }
      if (item instanceof LiveQueue.Arrived arrived) {
        decode(arrived);
      } else if (item instanceof LiveQueue.Ready event) {
        pass(event.event());
      }
    }
  }

  /** Returns whether the stream was closed, or has ended and everything was taken. */
  public boolean isClosed() {
    return closed.getCount() == 0 || queue.isOver();
  }

  private void pass(LiveEvent event) {
    if (event instanceof LiveEvent.Records records) {
      List<SocialRecord> fresh = seen.fresh(records.records(), records.filled());
      if (!fresh.isEmpty()
          || !records.rejected().isEmpty()
          || !records.unknownFields().isEmpty()
          || records.resumeAt() != null) {
        read.add(
            new LiveEvent.Records(
                fresh,
                records.resumeAt(),
                records.at(),
                records.filled(),
                records.rejected(),
                records.unknownFields()));
      }
      return;
    }
    if (event instanceof LiveEvent.HoleOpened opened && fills) {
      filler.add(opened.hole());
    }
    read.add(event);
  }

  private void decode(LiveQueue.Arrived arrived) {
    LiveMessage message = decode(arrived.frame());
    String text = Objects.requireNonNullElse(message.text(), "");
    switch (message.kind()) {
      case RECORDS -> {
        Position position = Tail.position(message.records());
        last = position == null ? last : position;
        pass(
            new LiveEvent.Records(
                message.records(),
                message.resumeAt(),
                arrived.at(),
                false,
                message.rejected(),
                message.unknownFields()));
      }
      case NOTICE -> read.add(new LiveEvent.Notice(text));
      case LOSS ->
          pass(new LiveEvent.HoleOpened(Hole.between(arrived.before(), arrived.at(), last, text)));
      case RECONNECT -> {
        read.add(new LiveEvent.Notice(text));
        reader.reconnect(arrived.connection(), text);
      }
    }
  }

  private LiveMessage decode(Frame frame) {
    try {
      return source.decode(frame);
    } catch (RuntimeException e) {
      return LiveMessage.rejected(
          new Rejected(
              source.uri().toString(),
              0,
              null,
              "The client failed to read it: " + e.getClass().getSimpleName(),
              frame.text().getBytes(StandardCharsets.UTF_8)));
    }
  }

  /**
   * Returns an iterator over what comes from now on; all iterators of a stream share it. It ends
   * when the stream is closed. Reading it fails with {@link CancellationException} if the thread is
   * interrupted, which stays interrupted, and with {@link LiveEndedException}.
   */
  @Override
  public Iterator<LiveEvent> iterator() {
    return new Iterator<>() {
      private @Nullable LiveEvent ahead;

      @Override
      public boolean hasNext() {
        if (ahead == null) {
          try {
            ahead = take();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("Interrupted");
            cancelled.initCause(e);
            throw cancelled;
          }
        }
        return ahead != null;
      }

      private @Nullable LiveEvent take() throws InterruptedException {
        return LiveStream.this.next();
      }

      @Override
      public LiveEvent next() {
        if (!hasNext() || ahead == null) {
          throw new NoSuchElementException("The stream is closed");
        }
        LiveEvent event = ahead;
        ahead = null;
        return event;
      }
    };
  }

  /**
   * Returns the stream as a publisher for one subscriber, which gets events as it asks for them on
   * a thread of the publisher. It completes when the stream is closed and fails when the network
   * refuses the stream for good; cancelling closes the stream.
   */
  public Flow.Publisher<LiveEvent> publisher() {
    return new LivePublisher(this);
  }

  /** Ends the stream and its threads at once; what was not taken is dropped. */
  @Override
  public void close() {
    closed.countDown();
    queue.close();
    reader.close();
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      if (thread != Thread.currentThread() && !interrupted) {
        try {
          thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sets up a stream. Not thread-safe. */
  public static final class Builder {
    private final LiveSource source;
    private Timing timing = Timing.system();
    private LiveListener listener = LiveListener.NONE;
    private int capacity = 10_000;
    private int seenKeys = 100_000;
    private boolean fills = true;
    private int fillPages = 1_000;
    private @Nullable Duration settling;
    private @Nullable LiveMark after;
    private List<Hole> holes = List.of();

    private Builder(LiveSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /** Sets the clock for pauses, silence and holes. Default: {@link Timing#system()}. */
    public Builder timing(Timing timing) {
      this.timing = Objects.requireNonNull(timing, "timing");
      return this;
    }

    /** Sets who hears how the stream fares. Default: nobody. */
    public Builder listener(LiveListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets how many frames may wait for the consumer. Default: 10,000.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder capacity(int frames) {
      this.capacity = positive(frames, "capacity");
      return this;
    }

    /**
     * Sets how many records are remembered, so that none is brought twice. Default: 100,000, which
     * take about 15 MB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder seenKeys(int keys) {
      this.seenKeys = positive(keys, "seenKeys");
      return this;
    }

    /** Leaves holes as they are. Default: they are filled where the network allows it. */
    public Builder withoutFilling() {
      this.fills = false;
      return this;
    }

    /**
     * Sets how many pages the listing that fills a hole may have. Default: 1,000. A hole with more
     * stays.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder fillPages(int pages) {
      this.fillPages = positive(pages, "fillPages");
      return this;
    }

    /**
     * Sets how long after the end of a hole its listing is asked. Default: {@link
     * LiveSource#settling()}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder settling(Duration settling) {
      if (settling.isNegative()) {
        throw new IllegalArgumentException("settling must not be negative, was " + settling);
      }
      this.settling = settling;
      return this;
    }

    /**
     * Goes on where an earlier stream stopped: by its mark where the network has one and still
     * knows it; otherwise what happened since is a hole. Default: begins now.
     */
    public Builder after(@Nullable LiveMark mark) {
      this.after = mark;
      return this;
    }

    /** Sets holes of earlier streams, to be filled first. Default: none. */
    public Builder holes(List<Hole> holes) {
      this.holes = List.copyOf(holes);
      return this;
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }

    /** Opens the stream; it connects in the background. */
    public LiveStream open() {
      LiveStream stream = new LiveStream(this);
      stream.start(holes);
      return stream;
    }
  }
}
