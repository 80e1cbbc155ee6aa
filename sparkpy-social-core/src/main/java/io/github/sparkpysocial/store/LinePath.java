package io.github.sparkpysocial.store;

import io.github.sparkpysocial.spi.TransferPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From JSON Lines into another file: a line that is sound and spelled as this library spells it is
 * passed on as it is, for reading and writing it again would give the same bytes. Any other line is
 * read, so that what is broken is set aside, and what is spelled otherwise is written as ours.
 */
public final class LinePath implements TransferPath {
  private static final long RECORDS_A_REPORT = 1_000;

  /** An estimate, not measured against the way over records on its own. */
  private static final double COST = 0.4;

  /** Called by {@link java.util.ServiceLoader}. */
  public LinePath() {}

  @Override
  public @Nullable Route route(Task task) {
    Function<SpelledLine, FileCursor> reader = reader(task.from());
    boolean whole = task.filter().equals(Filter.ALL) && task.options().keepRaw();
    return reader != null && whole && task.to() instanceof FileStore to
        ? new LineRoute(task, reader, to)
        : null;
  }

  private static @Nullable Function<SpelledLine, FileCursor> reader(RecordStore from) {
    if (from instanceof FileStore file && file.hasLines()) {
      return file::lines;
    }
    return from instanceof FileGlobStore files && files.hasLines() ? files::lines : null;
  }

  private static final class LineRoute implements Route {
    private final Task task;
    private final Function<SpelledLine, FileCursor> reader;
    private final FileStore to;
    private double fraction = Double.NaN;

    LineRoute(Task task, Function<SpelledLine, FileCursor> reader, FileStore to) {
      this.task = task;
      this.reader = reader;
      this.to = to;
    }

    @Override
    public String name() {
      return "line by line";
    }

    @Override
    public double cost() {
      return COST;
    }

    @Override
    public List<String> steps() {
      List<String> steps = new ArrayList<>();
      steps.add(
          task.from().explain(task.filter(), Projection.ALL)
              + ", each key once and without what tombstones delete");
      steps.add(
          "check each line, and pass it on as it is if reading and writing it would not change it;"
              + " read the others");
      steps.add(
          "write " + to.description() + " by key in batches of " + task.options().batchSize());
      return steps;
    }

    @Override
    public double fraction() {
      return fraction;
    }

    @Override
    public Moved run(LongConsumer progress) {
      long read = 0;
      WriteSummary summary = WriteSummary.NONE;
      try (FileCursor cursor = reader.apply(new SpelledLine())) {
        boolean any = cursor.hasNext(); // a source that cannot be read leaves the target untouched
        FileWriter writer = to.writer();
        int batch = 0;
        while (any) {
          move(cursor, writer);
          read++;
          if (++batch == task.options().batchSize()) {
            summary = summary.plus(writer.commit());
            batch = 0;
          }
          if (read % RECORDS_A_REPORT == 0) {
            fraction = cursor.fraction();
            progress.accept(read);
          }
          any = cursor.hasNext();
        }
        summary = summary.plus(writer.commit());
        writer.sync();
        fraction = 1;
        return new Moved(
            read, summary, Map.copyOf(cursor.unknownFields()), Map.copyOf(cursor.notices()));
      }
    }

    private static void move(FileCursor cursor, FileWriter writer) {
      if (!cursor.isLineNext()) {
        writer.add(cursor.next());
      } else if (!writer.add(cursor.nextLine())) {
        writer.add(cursor.reread());
      }
    }
  }
}
