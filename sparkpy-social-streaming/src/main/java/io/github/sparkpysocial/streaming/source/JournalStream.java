package io.github.sparkpysocial.streaming.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadAllAvailable;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.jspecify.annotations.Nullable;

/** A journal as a stream of Spark: its positions are the offsets. */
final class JournalStream
    implements MicroBatchStream, SupportsTriggerAvailableNow, ReportsSourceMetrics {
  private final JournalReader reader;
  private final Recorders.@Nullable Shared recorder;
  private final JournalRows.Factory rows;
  private final StreamOptions options;
  private @Nullable JournalPosition availableNow;
  private boolean stopped;

  JournalStream(
      JournalReader reader,
      Recorders.@Nullable Shared recorder,
      JournalRows.Factory rows,
      StreamOptions options) {
    this.reader = reader;
    this.recorder = recorder;
    this.rows = rows;
    this.options = options;
  }

  @Override
  public Offset initialOffset() {
    return new JournalOffset(options.fromLatest() ? reader.end() : reader.start());
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return ReadLimit.maxRows(options.maxRecordsPerTrigger());
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    availableNow = reader.end();
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("latestOffset(Offset, ReadLimit) is asked instead");
  }

  @Override
  public Offset latestOffset(Offset startOffset, ReadLimit limit) {
    JournalPosition start = JournalOffset.of(startOffset).position();
    JournalPosition end = availableNow == null ? reader.end() : availableNow;
    if (end.compareTo(start) <= 0) {
      if (recorder != null) {
        recorder.check(); // after everything that it wrote was read
      }
      return startOffset;
    }
    if (limit instanceof ReadMaxRows most && end.offset() - start.offset() > most.maxRows()) {
      end = reader.advance(start, end, most.maxRows());
    } else if (!(limit instanceof ReadMaxRows) && !(limit instanceof ReadAllAvailable)) {
      throw new UnsupportedOperationException("The source 'social' has no limit such as " + limit);
    }
    return new JournalOffset(end);
  }

  @Override
  public Offset reportLatestOffset() {
    return new JournalOffset(reader.end());
  }

  @Override
  public Offset deserializeOffset(String json) {
    return JournalOffset.parse(json);
  }

  /** Nothing is let go here: the journal has its own retention, and others may read it. */
  @Override
  public void commit(Offset end) {}

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    return JournalRows.split(
        reader, JournalOffset.of(start).position(), JournalOffset.of(end).position());
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return rows;
  }

  @Override
  public Map<String, String> metrics(Optional<Offset> latestConsumed) {
    Map<String, String> metrics = new LinkedHashMap<>();
    if (recorder != null) {
      RecorderStatus status = recorder.status();
      metrics.put("records", Long.toString(status.records()));
      metrics.put("rejected", Long.toString(status.rejected()));
      metrics.put("connections", Long.toString(status.connections()));
      metrics.put("holes", Long.toString(status.holes()));
      metrics.put("holesFilled", Long.toString(status.filled()));
      metrics.put("holesWaiting", Long.toString(status.waiting()));
    }
    latestConsumed.ifPresent(
        offset ->
            metrics.put(
                "lag",
                Long.toString(
                    Math.max(
                        0, reader.end().offset() - JournalOffset.of(offset).position().offset()))));
    return metrics;
  }

  @Override
  public synchronized void stop() {
    if (!stopped && recorder != null) {
      recorder.release();
    }
    stopped = true;
  }

  /** A position as Spark keeps it in a checkpoint. */
  static final class JournalOffset extends Offset {
    private final JournalPosition position;

    JournalOffset(JournalPosition position) {
      this.position = position;
    }

    /** Returns an offset that Spark has, which after a restart is what it has read. */
    static JournalOffset of(Offset offset) {
      return offset instanceof JournalOffset ours ? ours : parse(offset.json());
    }

    JournalPosition position() {
      return position;
    }

    @Override
    public String json() {
      ObjectNode json = StreamEvent.JSON.createObjectNode();
      json.put("offset", position.offset());
      json.put("segment", position.segment());
      json.put("at", position.at());
      return new String(StreamEvent.bytes(json), StandardCharsets.UTF_8);
    }

    static JournalOffset parse(String text) {
      try {
        JsonNode json = StreamEvent.JSON.readTree(text);
        return new JournalOffset(
            new JournalPosition(
                json.required("offset").longValue(),
                json.required("segment").longValue(),
                json.required("at").longValue()));
      } catch (IOException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "The checkpoint holds '"
                + text
                + "', which is no position in a journal; is it of another source? Begin with"
                + " another checkpoint",
            e);
      }
    }
  }
}
