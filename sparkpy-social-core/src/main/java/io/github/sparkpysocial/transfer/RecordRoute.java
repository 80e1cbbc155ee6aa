package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.TransferPath;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/** The way that always works: records, read ahead by a thread of its own, written by key. */
final class RecordRoute implements TransferPath.Route {
  private static final long RECORDS_A_REPORT = 1_000;

  private final TransferPath.Task task;
  private double fraction = Double.NaN;

  RecordRoute(TransferPath.Task task) {
    this.task = task;
  }

  @Override
  public String name() {
    return "record by record";
  }

  @Override
  public double cost() {
    return 1;
  }

  @Override
  public List<String> steps() {
    List<String> steps = new ArrayList<>();
    steps.add(
        task.from().explain(task.filter(), Projection.ALL)
            + ", each key once and without what tombstones delete");
    boolean raw =
        task.options().keepRaw() && task.to().capabilities().contains(StoreCapability.RAW);
    boolean mixed = task.to().capabilities().contains(StoreCapability.MIXED_KINDS);
    steps.add(
        "write "
            + task.to().description()
            + " by key in batches of "
            + task.options().batchSize()
            + (raw ? "" : ", without raw JSON")
            + (mixed ? "" : ", one kind of record only")
            + ", while the next are read");
    return steps;
  }

  @Override
  public TransferPath.Moved run(LongConsumer progress) {
    try (ReadAhead records = new ReadAhead(task.from().read(task.filter()))) {
      boolean any = records.hasNext(); // a source that cannot be read leaves the target untouched
      WriteSummary summary =
          any
              ? task.to().write(reporting(records, progress))
              : task.to().write(List.<SocialRecord>of());
      fraction = 1;
      return new TransferPath.Moved(
          records.given(), summary, records.unknownFields(), records.notices());
    }
  }

  /** Returns the records, telling after each thousand how far it has come. */
  private Iterator<SocialRecord> reporting(ReadAhead records, LongConsumer progress) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public SocialRecord next() {
        SocialRecord record = records.next();
        if (records.given() % RECORDS_A_REPORT == 0) {
          fraction = records.fraction();
          progress.accept(records.given());
        }
        return record;
      }
    };
  }

  @Override
  public double fraction() {
    return fraction;
  }
}
