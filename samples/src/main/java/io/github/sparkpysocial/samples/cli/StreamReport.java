package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.streaming.progress.ProgressLog;
import io.github.sparkpysocial.streaming.sink.RecordSink;
import io.github.sparkpysocial.streaming.source.RecorderStatus;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a {@link StreamRun}. */
record StreamReport(
    List<StreamRecorder> recorders,
    ProgressLog progress,
    @Nullable RecordSink sink,
    TopCounts top,
    StreamAlerts alerts) {

  /** Says it to people, and returns it for JSON. */
  Map<String, @Nullable Object> tell(Console console) {
    long repeated = 0;
    long holes = 0;
    long filled = 0;
    long rejected = 0;
    long connections = 0;
    for (StreamRecorder recorder : recorders) {
      RecorderStatus status = recorder.status();
      repeated += status.repeated();
      holes += status.holes();
      filled += status.filled();
      rejected += status.rejected();
      connections += status.connections();
    }
    ProgressLog.Totals counted = progress.totals(StreamRun.COUNTS);
    long sound = counted.observed().getOrDefault("sound", 0L);
    WriteSummary written = sink == null ? null : sink.written();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    long in = counted.observed().getOrDefault("in", 0L) + repeated;
    long duplicates = counted.duplicateRows() + repeated;
    long implausible = counted.observed().getOrDefault("implausible", 0L);
    json.put("in", in);
    json.put("out", written == null ? sound : written.inserted() + written.updated());
    json.put("late", counted.lateRows());
    json.put("duplicates", duplicates);
    json.put("holes", holes);
    json.put("filled", filled);
    json.put("counted", sound);
    json.put("implausible", implausible);
    json.put("rejected", rejected);
    json.put("reconnects", Math.max(0, connections - recorders.size()));
    if (alerts.isWanted()) {
      json.put("alerts", alerts.told());
    }
    json.put("windows", top.windows());
    if (written != null) {
      json.put("unchanged", written.unchanged());
      json.put("deleted", written.deleted());
    }
    top.say();
    console.say(
        String.format(
            Locale.ROOT,
            "%,d records came, %,d posts were counted, %,d were late, %,d came again, %,d are"
                + " implausible; %,d holes, %,d filled",
            in,
            sound,
            counted.lateRows(),
            duplicates,
            implausible,
            holes,
            filled));
    return json;
  }
}
