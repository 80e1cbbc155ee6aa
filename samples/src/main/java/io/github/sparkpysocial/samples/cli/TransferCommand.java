package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import io.github.sparkpysocial.transfer.Verification;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves records from one place to another. */
@CommandLine.Command(
    name = "transfer",
    description = {
      "Move the records of one store to another: files, databases, in any direction.",
      "",
      "Run it again to go on: what is there already is not written twice.",
      ""
    },
    footer = {
      "",
      "Example: a file into a database, compared afterwards",
      "  sparkpy transfer posts.csv mongodb://localhost/social::posts --verify",
      "Example: which way would be taken, and why",
      "  sparkpy transfer posts.jsonl jdbc:sqlite:social.db::posts --kind post --explain"
    })
final class TransferCommand extends Command {
  @Parameters(
      index = "0",
      paramLabel = "FROM",
      converter = PlaceConverter.class,
      description = "The store to read: a file or a URI; it stays as it is.")
  private @Nullable PlaceUri from;

  @Parameters(
      index = "1",
      paramLabel = "TO",
      converter = PlaceConverter.class,
      description = "The store to write: a file or a URI; what it holds already stays, too.")
  private @Nullable PlaceUri to;

  @Option(names = "--explain", description = "Only say what would be done.")
  private boolean explain;

  @Option(
      names = "--verify",
      description = "Compare counts and contents of both stores afterwards.")
  private boolean verify;

  @Option(names = "--no-raw", description = "Leave the raw JSON of the records behind.")
  private boolean withoutRaw;

  @Mixin private FilterArguments filterArguments = new FilterArguments();
  @Mixin private StoreArguments storeArguments = new StoreArguments();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  String afterStop() {
    return "Run the same command again to go on; what is there already is not written twice.";
  }

  @Override
  int execute(Console console) {
    PlaceUri source = given(from);
    PlaceUri target = given(to);
    Intake.requireStore(source);
    try (QuarantineOption.Opened quarantine = quarantineOption.open(source.withSecrets())) {
      StoreOptions given = storeArguments.options(quarantine);
      StoreOptions options = withoutRaw ? given.withoutRaw() : given;
      Transfer.Builder builder =
          Transfer.builder(source, target)
              .options(options)
              .filter(filterArguments.filter())
              .listener(progress -> console.progress(() -> told(progress)));
      Transfer transfer = (verify ? builder.verify() : builder).build();
      if (explain) {
        List<String> steps = transfer.explain();
        steps.forEach(console::say);
        console.result(Map.of("path", steps));
        return ExitCode.DONE;
      }
      TransferReport report = transfer.run();
      console.say(
          String.format(
              Locale.ROOT,
              "%,d read from %s; %,d written to %s, %,d unchanged, %,d deleted",
              report.read(),
              source,
              report.written(),
              target,
              report.unchanged(),
              report.deleted()));
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("read", report.read());
      result.put("written", report.written());
      result.put("unchanged", report.unchanged());
      result.put("deleted", report.deleted());
      result.put("quarantined", report.quarantined());
      result.put("unknownFields", report.unknownFields());
      result.put("notices", report.notices());
      result.put("path", report.path());
      result.put("verified", report.verified());
      Verification verification = report.verification();
      if (verification != null) {
        result.put("verification", json(verification));
      }
      int exitCode = quarantine.finish(console, result);
      if (verification == null) {
        return exitCode;
      }
      if (!verification.holds()) {
        throw Failure.failed(
            String.format(
                Locale.ROOT,
                "of the %,d records of %s, %s lacks %,d and has %,d with another content, such as"
                    + " %s; did somebody change one of them meanwhile? Run the transfer again",
                verification.records(),
                source,
                target,
                verification.missing(),
                verification.different(),
                verification.first()),
            null);
      }
      console.say(
          "verified: "
              + target
              + " holds every record of "
              + source
              + (verification.missing() == 0
                  ? ""
                  : ", except " + verification.missing() + " that were set aside"));
      return exitCode;
    }
  }

  private static Map<String, Object> json(Verification verification) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("records", verification.records());
    json.put("missing", verification.missing());
    json.put("setAside", verification.setAside());
    json.put("different", verification.different());
    json.put("sourceChecksum", verification.sourceChecksum());
    json.put("targetChecksum", verification.targetChecksum());
    json.put("first", verification.first().stream().map(RecordKey::toString).toList());
    return json;
  }

  private static String told(Transfer.Progress progress) {
    String line =
        String.format(
            Locale.ROOT, "%,d read, %,.0f a second", progress.read(), progress.recordsPerSecond());
    Duration left = progress.left();
    return left == null
        ? line
        : line
            + String.format(
                Locale.ROOT,
                ", %.0f %%, %d:%02d left",
                100 * progress.fraction(),
                left.toMinutes(),
                left.toSecondsPart());
  }
}
