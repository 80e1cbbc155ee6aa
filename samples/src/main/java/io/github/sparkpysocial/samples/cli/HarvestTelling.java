package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.harvest.HarvestPlan;
import io.github.sparkpysocial.harvest.HarvestProgress;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.limit.Spent;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a person what a harvest will take, how it fares and what it brought. */
final class HarvestTelling {
  private HarvestTelling() {}

  static void tell(Console console, PlaceUri listing, HarvestProgress progress) {
    console.progress(
        () ->
            String.format(
                Locale.ROOT,
                "%s: %,d fetched, %,d new, %,d requests",
                listing,
                progress.fetched(),
                progress.inserted(),
                progress.requests()));
  }

  static void say(Console console, HarvestReport report, PlaceUri listing, RecordStore store) {
    console.say(
        String.format(
            Locale.ROOT,
            "%,d fetched from %s; %,d new, %,d changed, %,d there already, %,d deleted in %s;"
                + " %,d requests, %s s waited",
            report.fetched(),
            listing,
            report.inserted(),
            report.updated(),
            report.duplicates(),
            report.deleted(),
            store.uri(),
            report.requests(),
            HarvestJson.seconds(report.waited())));
    if (report.stoppedBy() != null) {
      console.say("stopped by " + report.stoppedBy());
    }
    if (!report.complete()) {
      console.say("not complete yet: run the same command again to go on");
    }
    if (!report.outcomes().isEmpty()) {
      console.say("of what was asked for: " + report.outcomes());
    }
    report
        .unknownFields()
        .forEach(
            (field, times) ->
                console.note("unknown field '" + field + "', " + times + " times; kept in raw"));
  }

  /** Says that the network lets us wait, since nothing is worse than silence. */
  static void tellOfWait(Console console, LimitWait wait) {
    if (wait.duration().compareTo(Duration.ofSeconds(1)) >= 0) {
      console.note(
          "waiting "
              + HarvestJson.seconds(wait.duration())
              + " s for "
              + wait.key()
              + ": "
              + wait.reason());
    }
  }

  static int say(Console console, HarvestPlan plan, SpendingCap spending) {
    List<String> notes = new ArrayList<>(plan.notes());
    notes.addAll(left(spending));
    HarvestPlan whole =
        new HarvestPlan(
            plan.source(),
            plan.store(),
            plan.items(),
            plan.requests(),
            plan.waiting(),
            plan.dollars(),
            notes);
    Duration waiting = whole.waiting();
    console.say("from " + whole.source() + " to " + whole.store());
    console.say("items at most     " + orUnknown(whole.items()));
    console.say("requests at most  " + orUnknown(whole.requests()));
    console.say(
        "minutes to wait   "
            + orUnknown(
                waiting == null
                    ? null
                    : String.format(Locale.ROOT, "%.1f", waiting.toSeconds() / 60.0)));
    console.say("US dollars        " + orUnknown(whole.dollars()));
    notes.forEach(console::say);
    console.result(HarvestJson.of(whole));
    return ExitCode.DONE;
  }

  /** Returns what was spent before and what the caps leave. */
  private static List<String> left(SpendingCap spending) {
    List<String> left = new ArrayList<>();
    for (Spent spent : spending.spent()) {
      left.add(
          "Spent on "
              + spent.what()
              + " so far: "
              + spent.ever().items()
              + " for $"
              + spent.ever().dollars().toPlainString()
              + ".");
    }
    spending.caps().forEach(cap -> left.add("It stops at the cap '" + cap + "'."));
    return left;
  }

  private static String orUnknown(@Nullable Object value) {
    return value == null ? "not known" : value.toString();
  }
}
