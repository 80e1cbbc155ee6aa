package io.github.sparkpysocial.streaming.flume;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.internal.Following;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.source.AbstractPollableSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source for Flume's agents that follows a live stream, asks a listing again and again, or
 * replays a recording. Each event is a record as JSON, as in a line of a JSON Lines file, with the
 * headers {@code key} ({@code network/kind/id}, of a tombstone that of what was deleted), {@code
 * network} and {@code record}. Flume's Kafka sink takes {@code key} as the key of the message, so
 * that topics look as if {@link io.github.sparkpysocial.streaming.kafka.KafkaSender} had written
 * them, but for the headers, which that sink drops.
 *
 * <table>
 * <caption>Configuration</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code place}</td><td></td><td>such as {@code bluesky:jetstream}; required. Credentials
 *     come from the environment of the agent, never from its configuration</td></tr>
 * <tr><td>{@code journal}</td><td></td><td>a directory of this source alone; required</td></tr>
 * <tr><td>{@code batchSize}</td><td>500</td><td>events put into the channels at once; at most the
 *     {@code transactionCapacity} of each</td></tr>
 * <tr><td>{@code backoffSleepIncrement}, {@code maxBackoffSleep}</td><td>1000, 5000</td><td>as for
 *     all sources that Flume polls: milliseconds to wait when nothing came</td></tr>
 * </table>
 *
 * <p>What comes is journaled first, and how far it went is noted when the channels have committed
 * it: an agent that is killed goes on there and brings each record at least once. A full channel
 * makes the source wait.
 */
public final class SocialSource extends AbstractPollableSource {
  private static final Logger log = LoggerFactory.getLogger(SocialSource.class);
  private static final int DEFAULT_BATCH = 500;

  private String place = "";
  private Path journal = Path.of("");
  private int batchSize = DEFAULT_BATCH;
  private @Nullable Following following;

  /** Called by Flume. */
  public SocialSource() {}

  @Override
  protected void doConfigure(Context context) {
    place = required(context, "place");
    PlaceUri uri = PlaceUri.parse(place);
    if (!uri.toString().equals(uri.withSecrets())) {
      throw new IllegalArgumentException(
          uri + " holds a secret; set it in the environment of the agent");
    }
    journal = Path.of(required(context, "journal"));
    batchSize = context.getInteger("batchSize", DEFAULT_BATCH);
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be positive, was " + batchSize);
    }
  }

  private String required(Context context, String name) {
    String value = context.getString(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "The source " + getName() + " needs '" + name + "' in the agent's configuration");
    }
    return value.strip();
  }

  @Override
  protected void doStart() {
    following = Following.of(place, journal);
    log.info("{} follows {}", getName(), place);
  }

  @Override
  protected Status doProcess() throws EventDeliveryException {
    Following open = Objects.requireNonNull(following, "Flume starts a source before it polls it");
    try {
      List<SocialRecord> records = open.next(batchSize);
      if (records.isEmpty()) {
        return Status.BACKOFF;
      }
      List<Event> events = new ArrayList<>(records.size());
      for (SocialRecord record : records) {
        events.add(event(record));
      }
      getChannelProcessor().processEventBatch(events);
      open.taken();
      return Status.READY;
    } catch (ChannelException e) {
      log.debug("The channels of {} are full", getName(), e);
      return Status.BACKOFF; // the same records come again
    } catch (RuntimeException e) {
      throw new EventDeliveryException(place + " could not be followed: " + e.getMessage(), e);
    }
  }

  private static Event event(SocialRecord record) {
    RecordKey key = record instanceof Tombstone tombstone ? tombstone.target() : record.key();
    return EventBuilder.withBody(
        RecordLine.of(record),
        Map.of(
            "key",
            key.toString(),
            "network",
            record.network().name(),
            "record",
            record.recordKind().wireName()));
  }

  @Override
  protected void doStop() {
    Following open = following;
    if (open != null) {
      open.close();
      following = null;
    }
  }
}
