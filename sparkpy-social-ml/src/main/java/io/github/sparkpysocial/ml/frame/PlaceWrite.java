package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One append to a place by {@code frame.write().format("social")}. */
final class PlaceWrite implements RequiresDistributionAndOrdering, BatchWrite {
  private static final Logger log = LoggerFactory.getLogger(PlaceWrite.class);

  private final PlaceUri place;
  private final PlaceWriter writer;

  PlaceWrite(PlaceUri place, FrameOptions options, StructType columns) {
    this.place = place;
    this.writer = PlaceWriter.of(place, options.toStoreOptions(Quarantine.inMemory()), columns);
  }

  @Override
  public String description() {
    return "social " + place;
  }

  @Override
  public BatchWrite toBatch() {
    return this;
  }

  /** A file has one writer; Spark wants a reason for a number of tasks, which is a clustering. */
  @Override
  public Distribution requiredDistribution() {
    return PlaceWriter.isParallel(place)
        ? Distributions.unspecified()
        : Distributions.clustered(new Expression[] {Expressions.column("record")});
  }

  @Override
  public int requiredNumPartitions() {
    return PlaceWriter.isParallel(place) ? 0 : 1;
  }

  @Override
  public SortOrder[] requiredOrdering() {
    return new SortOrder[0];
  }

  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    return new Factory(writer);
  }

  @Override
  public void commit(WriterCommitMessage[] messages) {
    WriteSummary sum = WriteSummary.NONE;
    for (WriterCommitMessage message : messages) {
      if (message instanceof PlaceWriter.Report report) {
        sum = sum.plus(report.summary());
      }
    }
    log.info("{}: {}", place, sum);
  }

  /** What was written stays: records are whole, and the next attempt finds them. */
  @Override
  public void abort(WriterCommitMessage[] messages) {}

  /** Spark names it by this in its log. */
  @Override
  public String toString() {
    return description();
  }

  private record Factory(PlaceWriter writer) implements DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partition, long task) {
      return new TaskWriter(writer);
    }
  }

  /** Writes the rows of one task. */
  private static final class TaskWriter implements DataWriter<InternalRow> {
    private final PlaceWriter writer;
    private WriteSummary summary = WriteSummary.NONE;

    TaskWriter(PlaceWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(InternalRow row) {
      writeAll(List.of(row).iterator());
    }

    @Override
    public void writeAll(Iterator<InternalRow> rows) {
      PlaceWriter.Report report = writer.write(rows);
      if (!report.rejected().isEmpty()) {
        throw new StoreException(
            report.summary().quarantined()
                + " rows cannot be written: "
                + report.rejected().get(0)
                + ". Frames.write sets them aside in a quarantine and writes the rest");
      }
      summary = summary.plus(report.summary());
    }

    @Override
    public WriterCommitMessage commit() {
      return new PlaceWriter.Report(summary, List.of());
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
