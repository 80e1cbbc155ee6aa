package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.harvest.HarvestPlan;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.harvest.Interval;
import io.github.sparkpysocial.harvest.LedgerEntry;
import io.github.sparkpysocial.harvest.LedgerHole;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What harvests and ledgers say as JSON. */
final class HarvestJson {
  private HarvestJson() {}

  static Map<String, @Nullable Object> of(HarvestReport report) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("fetched", report.fetched());
    json.put("items", report.items());
    json.put("new", report.inserted());
    json.put("updated", report.updated());
    json.put("duplicates", report.duplicates());
    json.put("deleted", report.deleted());
    json.put("quarantined", report.quarantined());
    json.put("requests", report.requests());
    json.put("waitedSeconds", seconds(report.waited()));
    json.put("complete", report.complete());
    json.put("stoppedBy", report.stoppedBy());
    json.put("intervals", report.intervals().stream().map(HarvestJson::of).toList());
    json.put("holes", report.holes().stream().map(HarvestJson::of).toList());
    if (!report.outcomes().isEmpty()) {
      json.put("outcomes", report.outcomes());
    }
    json.put("unknownFields", report.unknownFields());
    return json;
  }

  static Map<String, @Nullable Object> of(LedgerEntry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("source", entry.source());
    json.put("store", entry.store());
    json.put("order", entry.order().name());
    json.put("complete", entry.isComplete());
    json.put("startedAt", of(entry.startedAt()));
    json.put("completedAt", of(entry.completedAt()));
    json.put("intervals", entry.intervals().stream().map(HarvestJson::of).toList());
    json.put("holes", entry.holes().stream().map(HarvestJson::of).toList());
    json.put("items", entry.items());
    json.put("refusal", entry.refusal());
    return json;
  }

  static Map<String, @Nullable Object> of(Interval interval) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("newest", of(interval.newest()));
    json.put("oldest", of(interval.oldest()));
    json.put("from", of(interval.from()));
    json.put("to", of(interval.to()));
    return json;
  }

  static Map<String, @Nullable Object> of(LedgerHole hole) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("after", of(hole.after()));
    json.put("before", of(hole.before()));
    json.put("from", of(hole.from()));
    json.put("to", of(hole.to()));
    json.put("reason", hole.reason());
    json.put("open", hole.isOpen());
    return json;
  }

  static Map<String, @Nullable Object> of(HarvestPlan plan) {
    Duration waiting = plan.waiting();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("source", plan.source());
    json.put("store", plan.store());
    json.put("items", plan.items());
    json.put("requests", plan.requests());
    json.put("waitingSeconds", waiting == null ? null : seconds(waiting));
    json.put("minutes", waiting == null ? null : waiting.toSeconds() / 60.0);
    json.put("dollars", plan.dollars());
    json.put("notes", List.copyOf(plan.notes()));
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> of(@Nullable Position position) {
    if (position == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", position.id());
    json.put("at", of(position.at()));
    return json;
  }

  static @Nullable String of(@Nullable Instant time) {
    if (time == null) {
      return null;
    }
    return time.equals(Interval.BEGINNING) ? "beginning" : time.toString();
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
