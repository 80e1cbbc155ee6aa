package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.store.Rejected;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what several harvests did. Used by one thread. */
final class ReportSum {
  private static final int MOST_SET_ASIDE = 1_000;

  private final TreeMap<String, Long> unknownFields = new TreeMap<>();
  private final List<Rejected> setAside = new ArrayList<>();
  private @Nullable Path quarantine;
  private long fetched;
  private long items;
  private long inserted;
  private long updated;
  private long duplicates;
  private long deleted;
  private long quarantined;
  private long requests;
  private Duration waited = Duration.ZERO;

  void add(HarvestReport report) {
    fetched += report.fetched();
    items += report.items();
    inserted += report.inserted();
    updated += report.updated();
    duplicates += report.duplicates();
    deleted += report.deleted();
    quarantined += report.quarantined();
    requests += report.requests();
    waited = waited.plus(report.waited());
    report.unknownFields().forEach((field, times) -> unknownFields.merge(field, times, Long::sum));
    quarantine = report.quarantine() == null ? quarantine : report.quarantine();
    for (Rejected item : report.setAside()) {
      if (setAside.size() < MOST_SET_ASIDE) {
        setAside.add(item);
      }
    }
  }

  /** Adds what pages did. */
  void add(Intake intake) {
    fetched += intake.fetched();
    inserted += intake.written().inserted();
    updated += intake.written().updated();
    duplicates += intake.written().unchanged();
    deleted += intake.written().deleted();
    quarantined += intake.rejected() + intake.written().quarantined();
    intake.unknownFields().forEach((field, times) -> unknownFields.merge(field, times, Long::sum));
    quarantine = intake.quarantine() == null ? quarantine : intake.quarantine();
    setAside.addAll(intake.setAside());
  }

  void add(Usage usage) {
    requests += usage.requests();
    waited = waited.plus(usage.waited());
  }

  long requests() {
    return requests;
  }

  HarvestReport report(boolean complete, @Nullable String stoppedBy, List<LedgerHole> holes) {
    return new HarvestReport(
        fetched,
        items,
        inserted,
        updated,
        duplicates,
        deleted,
        quarantined,
        requests,
        waited,
        complete,
        stoppedBy,
        List.of(),
        holes,
        Map.of(),
        unknownFields,
        quarantine,
        setAside);
  }
}
