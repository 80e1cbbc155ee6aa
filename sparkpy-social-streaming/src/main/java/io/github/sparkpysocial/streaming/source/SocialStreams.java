package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.ml.frame.Schemas;
import io.github.sparkpysocial.ml.frame.StreamProvider;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.util.Set;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Serves places without end to the data source {@code social}:
 *
 * <pre>{@code
 * spark.readStream().format("social").load("bluesky:jetstream?collections=app.bsky.feed.post")
 * }</pre>
 *
 * <p>Whatever comes is written into a journal by a {@link StreamRecorder} in the driver before
 * Spark hears of it, so that a batch can be run again with the same rows. Places are live streams,
 * listings of networks, which are asked again and again, {@code kafka://HOST:PORT/TOPIC}, {@code
 * tcp:HOST:PORT}, {@code replay:FILE}, a recording as if it happened now, and {@code
 * journal:DIRECTORY}, a journal that something else writes, or has written; the last can be read as
 * a batch, too.
 *
 * <table>
 * <caption>Options, beside those of the source itself</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code kind}</td><td>{@code post}</td><td>kinds of record, separated by commas, or {@code
 *     all}; ask for {@code tombstone} to hear of deletions</td></tr>
 * <tr><td>{@code rows}</td><td>{@code records}</td><td>{@code events}: one row for each connection,
 *     hole, notice and item that could not be read, with the columns {@code offset}, {@code at},
 *     {@code event}, {@code hole_from}, {@code hole_to}, {@code reason}, {@code place}, {@code
 *     field}, {@code raw}</td></tr>
 * <tr><td>{@code journal}</td><td>in the checkpoint</td><td>the directory of the journal, on a disk
 *     that all executors see under this path. Queries of one process that name one directory share
 *     its recorder</td></tr>
 * <tr><td>{@code maxRecordsPerTrigger}</td><td>100000</td><td>how many entries a batch takes at
 *     most</td></tr>
 * <tr><td>{@code startingOffsets}</td><td>{@code earliest}</td><td>where a query without checkpoint
 *     begins in the journal: {@code earliest}, {@code latest}</td></tr>
 * <tr><td>{@code pollEvery}</td><td>PT1M</td><td>how often a listing is asked, at least</td></tr>
 * <tr><td>{@code speed}</td><td>without pauses</td><td>how many times as fast a recording is
 *     replayed</td></tr>
 * <tr><td>{@code sync}</td><td>{@code disk}</td><td>{@code process}: entries survive the end of the
 *     process, but not that of the machine</td></tr>
 * <tr><td>{@code segmentBytes}, {@code keepBytes}, {@code keepFor}</td><td>64 MiB, all, for ever
 *     </td><td>see {@link io.github.sparkpysocial.streaming.journal.JournalOptions}</td></tr>
 * </table>
 *
 * <p>Rows come at least once, since a network may send a record again after a reconnection: take
 * them by key, as stores do. The metrics of a query's progress have {@code records}, {@code
 * rejected}, {@code connections}, {@code holes}, {@code holesFilled}, {@code holesWaiting}, and
 * {@code lag}, the entries that wait.
 */
public final class SocialStreams implements StreamProvider {
  static final String JOURNAL = "journal";
  static final String REPLAY = "replay";
  static final String KAFKA = "kafka";

  static final StructType EVENTS =
      new StructType()
          .add("offset", DataTypes.LongType, false)
          .add("at", DataTypes.TimestampType, false)
          .add("event", DataTypes.StringType, false)
          .add("hole_from", DataTypes.TimestampType)
          .add("hole_to", DataTypes.TimestampType)
          .add("reason", DataTypes.StringType)
          .add("place", DataTypes.StringType)
          .add("field", DataTypes.StringType)
          .add("raw", DataTypes.BinaryType);

  /** Called by {@link java.util.ServiceLoader}. */
  public SocialStreams() {}

  @Override
  public boolean serves(PlaceUri place) {
    return place.scheme().equals(JOURNAL)
        || place.scheme().equals(REPLAY)
        || place.scheme().equals(KAFKA)
        || Places.isSource(place);
  }

  @Override
  public StructType schema(Set<RecordKind> kinds, CaseInsensitiveStringMap options) {
    return switch (StreamOptions.of(options).rows()) {
      case RECORDS -> Schemas.of(kinds);
      case EVENTS -> EVENTS;
    };
  }

  @Override
  public Scan scan(
      PlaceUri place, Set<RecordKind> kinds, StructType columns, CaseInsensitiveStringMap options) {
    return new JournalScan(place, Set.copyOf(kinds), columns, StreamOptions.of(options));
  }
}
