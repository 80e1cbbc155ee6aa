package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.harvest.Interval;
import io.github.sparkpysocial.harvest.Ledger;
import io.github.sparkpysocial.harvest.LedgerEntry;
import io.github.sparkpysocial.harvest.LedgerHole;
import io.github.sparkpysocial.place.PlaceUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Says how complete the data in a store is. */
@CommandLine.Command(
    name = "ledger",
    description = {
      "Say how complete the data in a store is: which parts of each listing are there without a hole,"
          + " and which are missing.",
      "",
      "Asks no network and changes nothing.",
      ""
    },
    footer = {
      "",
      "Example: is everything there that was posted on these two days?",
      "  sparkpy ledger posts.jsonl --from 2026-11-14 --to 2026-11-16"
    })
final class LedgerCommand extends Command {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "STORE",
      converter = PlaceConverter.class,
      description = "Where the data is.")
  private @Nullable PlaceUri store;

  @Option(names = "--ledger", paramLabel = "FILE", description = LedgerFile.DESCRIPTION)
  private @Nullable Path file;

  @Option(
      names = "--source",
      paramLabel = "URI",
      description = "Only tell of this listing. Default: of all.")
  private @Nullable String source;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "With --to: say whether everything between two times is there. A day such as 2026-11-14,"
              + " or a time such as 2026-11-14T12:00:00Z.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "See --from.")
  private @Nullable String to;

  @Override
  int execute(Console console) {
    if (store == null && file == null) {
      throw new ParameterException(spec.commandLine(), "name a STORE, or a ledger with --ledger");
    }
    if ((from == null) != (to == null)) {
      throw new ParameterException(spec.commandLine(), "--from and --to go together");
    }
    Instant begin = from == null ? null : time("--from", from);
    Instant end = to == null ? null : time("--to", to);
    if (begin != null && end != null && end.isBefore(begin)) {
      throw new ParameterException(spec.commandLine(), "--to is before --from");
    }
    Path ledger = file != null ? file : LedgerFile.of(given(store));
    if (!Files.exists(ledger)) {
      throw Failure.failed(
          "There is no ledger " + ledger + "; sparkpy harvest makes one, --ledger names another",
          null);
    }
    List<Map<String, @Nullable Object>> harvests = new ArrayList<>();
    for (LedgerEntry entry : Ledger.open(ledger).entries()) {
      boolean wanted =
          (source == null || source.equals(entry.source()))
              && (store == null || file == null || entry.store().equals(store.toString()));
      if (wanted) {
        Map<String, @Nullable Object> json = HarvestJson.of(entry);
        say(console, entry);
        if (begin != null && end != null) {
          boolean complete = entry.isComplete(begin, end);
          double coverage = entry.coverage(begin, end);
          console.say(
              String.format(
                  Locale.ROOT,
                  "  from %s to %s: %s",
                  begin,
                  end,
                  complete ? "complete" : Math.round(coverage * 100) + " % of the time is there"));
          json.put("completeBetween", complete);
          json.put("coverage", coverage);
        }
        harvests.add(json);
      }
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("ledger", ledger.toString());
    result.put("harvests", harvests);
    console.result(result);
    return ExitCode.DONE;
  }

  private static void say(Console console, LedgerEntry entry) {
    console.say(
        entry.source()
            + " in "
            + entry.store()
            + ": "
            + (entry.refusal() != null
                ? "refused, " + entry.refusal()
                : entry.isComplete() ? "read to its end" : "not read to its end"));
    for (Interval interval : entry.intervals()) {
      console.say(
          "  there    "
              + HarvestJson.of(interval.from())
              + " to "
              + HarvestJson.of(interval.to())
              + ", newest "
              + interval.newest().id());
    }
    for (LedgerHole hole : entry.holes()) {
      String begin = HarvestJson.of(hole.from());
      String end = HarvestJson.of(hole.to());
      console.say(
          "  missing  "
              + (begin == null ? "beginning" : begin)
              + " to "
              + (end == null ? "now" : end)
              + ": "
              + hole.reason());
    }
  }

  private Instant time(String option, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is a day such as 2026-11-14 or a time such as 2026-11-14T12:00:00Z",
          e);
    }
  }
}
