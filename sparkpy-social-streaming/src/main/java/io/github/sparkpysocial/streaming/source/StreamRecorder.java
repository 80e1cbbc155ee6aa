package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveStream;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.streaming.kafka.KafkaTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a source down as it happens: what a live stream sends, what a listing has new each time it
 * is asked, or a recording as if it happened now. Records, what could not be read, connections and
 * holes become entries of a {@link Journal}, in the order they came; how far the source was taken
 * is committed with them. So a process that is killed anywhere loses nothing that was in the
 * journal, and the next one goes on: at the network's own mark, else with a hole that a search
 * fills.
 *
 * <p>Runs on a thread of its own from {@link Builder#start()} to {@link #close()}. Thread-safe.
 */
public final class StreamRecorder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamRecorder.class);
  private static final long CLOSE_MILLIS = 20_000;

  private final Feed feed;
  private final Journal journal;
  private final RecorderIntake intake;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable RuntimeException failure;

  private StreamRecorder(Feed feed, Builder builder) {
    this.feed = feed;
    this.journal = Journal.open(builder.directory, builder.options);
    try {
      this.intake = new RecorderIntake(journal, feed.place(), builder.quarantine);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
    this.thread = new Thread(this::run, "stream-recorder");
    thread.setDaemon(true);
  }

  private void run() {
    try {
      feed.run(intake);
    } catch (RuntimeException e) {
      failure = e;
      log.warn("{} is no longer recorded: {}", feed.place(), e.getMessage());
    } finally {
      try {
        journal.close();
      } catch (RuntimeException e) {
        RuntimeException known = failure;
        if (known == null) {
          failure = e;
        } else {
          known.addSuppressed(e);
        }
      }
      intake.end();
      ended.countDown();
    }
  }

  /**
   * Returns a builder for a place: a live stream is followed, a listing of a network is asked again
   * and again, {@code kafka://HOST:PORT/TOPIC} is read from its beginning and followed, {@code
   * replay:FILE}, a file or a database is replayed.
   *
   * @throws IllegalArgumentException if there is no such place
   */
  public static Builder of(PlaceUri place, Path directory, SourceOptions options) {
    if (place.scheme().equals(SocialStreams.KAFKA)) {
      return kafka(KafkaTopic.from(place), directory);
    }
    if (Places.isLive(place)) {
      return live(Places.openLive(place, options), directory);
    }
    if (Places.isSource(place)) {
      return polling(Places.openSource(place, options), directory);
    }
    String prefix = SocialStreams.REPLAY + ":";
    return replay(
        place.scheme().equals(SocialStreams.REPLAY)
            ? PlaceUri.parse(place.withSecrets().substring(prefix.length()))
            : place,
        directory);
  }

  /** Returns a builder that follows a live stream; the recorder closes it. */
  public static Builder live(LiveSource source, Path directory) {
    LiveStream.Builder stream = LiveStream.builder(source);
    return new Builder(
        directory,
        builder -> {
          stream.timing(builder.timing);
          if (builder.settling != null) {
            stream.settling(builder.settling);
          }
          return new LiveFeed(source, stream, builder.batchEntries);
        });
  }

  /** Returns a builder that asks for a listing again and again; the recorder closes it. */
  public static Builder polling(RecordSource source, Path directory) {
    return new Builder(directory, builder -> new PollFeed(source, builder.every, builder.timing));
  }

  /**
   * Returns a builder that brings a topic of Kafka, from its beginning, as {@link
   * io.github.sparkpysocial.streaming.kafka.KafkaSender} fills it. What is no record is told as
   * rejected. The topic is never made by reading it; see {@link Builder#awaitSource}.
   */
  public static Builder kafka(KafkaTopic topic, Path directory) {
    return new Builder(
        directory,
        builder -> new KafkaFeed(topic, builder.sourcePatience, builder.tell, builder.timing));
  }

  /** Returns a builder that replays what a store holds, in its order. */
  public static Builder replay(PlaceUri recording, Path directory) {
    return new Builder(
        directory, builder -> new ReplayFeed(recording, builder.speed, builder.timing));
  }

  /** Returns how it fares. */
  public RecorderStatus status() {
    return intake.status();
  }

  /** Returns a reader of the journal. */
  public JournalReader reader() {
    return JournalReader.of(journal.directory());
  }

  /**
   * Returns why it ended, or {@code null} if it has not, or was closed, or there was no more to
   * come.
   */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * Waits until no more will come, by the system's clock: a recording was replayed to its end, or
   * it was closed. A live stream has no end.
   *
   * @return whether it has ended, and with it the journal
   * @throws RuntimeException as {@link #failure()}, if it failed
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    boolean over = ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    RuntimeException known = failure;
    if (known != null) {
      throw known;
    }
    return over;
  }

  /** Ends it in order: what has come is committed. Closing twice does nothing. */
  @Override
  public void close() {
    feed.stop();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    feed.close();
  }

  /** Sets up a recorder. Not thread-safe. */
  public static final class Builder {
    private final Path directory;
    private final Function<Builder, Feed> feed;
    private JournalOptions options = JournalOptions.DEFAULT;
    private Timing timing = Timing.system();
    private Duration every = Duration.ofMinutes(1);
    private double speed = 1;
    private int batchEntries = 500;
    private @Nullable Duration settling;
    private @Nullable Quarantine quarantine;
    private Duration sourcePatience = Duration.ofSeconds(30);
    private Consumer<String> tell = log::warn;

    private Builder(Path directory, Function<Builder, Feed> feed) {
      this.directory = Objects.requireNonNull(directory, "directory");
      this.feed = feed;
    }

    /** Sets how the journal is written. Default: {@link JournalOptions#DEFAULT}. */
    public Builder options(JournalOptions journalOptions) {
      this.options = Objects.requireNonNull(journalOptions, "journalOptions");
      return this;
    }

    /** Sets the clock for pauses, silence and holes. Default: {@link Timing#system()}. */
    public Builder timing(Timing newTiming) {
      this.timing = Objects.requireNonNull(newTiming, "newTiming");
      return this;
    }

    /** Sets how often a listing is asked for, at least. Default: 1 minute. */
    public Builder every(Duration pause) {
      if (pause.isNegative() || pause.isZero()) {
        throw new IllegalArgumentException("every must be positive, was " + pause);
      }
      this.every = pause;
      return this;
    }

    /**
     * Sets how many times as fast as it happened a recording is replayed; {@link
     * Double#POSITIVE_INFINITY} for without pauses. Default: 1.
     */
    public Builder speed(double times) {
      if (!(times > 0)) {
        throw new IllegalArgumentException("speed must be positive, was " + times);
      }
      this.speed = times;
      return this;
    }

    /**
     * Sets how long after the end of a hole its listing is asked. Default: {@link
     * LiveSource#settling()}.
     */
    public Builder settling(Duration time) {
      this.settling = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Sets where what cannot be read goes, beside the journal; it is used on the recorder's thread
     * and stays open. Default: the journal alone.
     */
    public Builder quarantine(Quarantine newQuarantine) {
      this.quarantine = Objects.requireNonNull(newQuarantine, "newQuarantine");
      return this;
    }

    /**
     * Sets how long a topic or a broker of Kafka that is not there at the start is waited for;
     * after that the recorder fails, and says what to do. Default: 30 seconds, told to the log.
     *
     * @param longest 0 for not at all
     * @param newTell hears at once that it waits, on the recorder's thread
     */
    public Builder awaitSource(Duration longest, Consumer<String> newTell) {
      if (longest.isNegative()) {
        throw new IllegalArgumentException("awaitSource must not be negative, was " + longest);
      }
      this.sourcePatience = longest;
      this.tell = Objects.requireNonNull(newTell, "newTell");
      return this;
    }

    /** Sets how many entries of a live stream are committed together at most. Default: 500. */
    public Builder batchEntries(int entries) {
      if (entries < 1) {
        throw new IllegalArgumentException("batchEntries must be positive, was " + entries);
      }
      this.batchEntries = entries;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws io.github.sparkpysocial.StoreException if another writer has the journal, or it
     *     cannot be read or written
     * @throws IllegalArgumentException if the journal is of another source
     */
    public StreamRecorder start() {
      Feed made = feed.apply(this);
      try {
        StreamRecorder recorder = new StreamRecorder(made, this);
        recorder.thread.start();
        return recorder;
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
    }
  }
}
