package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.SocialException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * The {@code sparkpy} command: finds the command that was asked for, runs it, says how it ended.
 */
@CommandLine.Command(
    name = "sparkpy",
    subcommands = {
      RunCommand.class,
      AnalyzeCommand.class,
      HarvestCommand.class,
      LedgerCommand.class,
      TransferCommand.class,
      ExploreCommand.class,
      ClusterCommand.class,
      TopicsCommand.class,
      ClassifyCommand.class,
      RecommendCommand.class,
      NetworkCommand.class,
      StreamCommand.class,
      ExtractCommand.class,
      WordCountCommand.class,
      BenchCommand.class,
      WordCloudCommand.class,
      ChartCommand.class,
      MapCommand.class,
      MeetupsCommand.class,
      GraphCommand.class,
      DashboardCommand.class,
      SandboxCommand.class,
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Sparkpy.Version.class,
    description = {"Understand a community through what its people do on social networks.", ""},
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:Failed; the message says why and what to do.",
      "2:Wrong usage.",
      "3:Done, but some input was set aside in the quarantine file that is named."
    },
    footer = {
      "",
      "Start here: a whole community, offline, from harvest to dashboard",
      "  sparkpy run",
      "",
      "sparkpy COMMAND --help shows the options of a command and an example."
    })
public final class Sparkpy implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Sparkpy() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (List.of(args).contains("--verbose") || List.of(args).contains("-v")) {
      System.setProperty("sparkpy.log", "info"); // before the first logger is made
      System.setProperty("sparkpy.log.frames", "info");
      System.setProperty("sparkpy.log.others", "warn");
      System.setProperty("sparkpy.log.trace", "full");
    }
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Stop stop = Stop.onSignal();
    int exitCode = commandLine(out, err).execute(args);
    out.flush();
    err.flush();
    stop.end(exitCode);
  }

  /** Returns the command line with all its commands, speaking to these writers. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine commandLine = new CommandLine(new Sparkpy());
    IParameterExceptionHandler wrongUsage =
        (e, args) -> {
          CommandLine failed = e.getCommandLine();
          failed.getErr().println("sparkpy: " + Console.printable(String.valueOf(e.getMessage())));
          CommandLine.UnmatchedArgumentException.printSuggestions(e, failed.getErr());
          failed.getErr().println("Try '" + failed.getCommandSpec().qualifiedName() + " --help'.");
          failed.getErr().flush();
          return ExitCode.USAGE;
        };
    return commandLine
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(wrongUsage)
        .setExecutionExceptionHandler(Sparkpy::explain);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Says what went wrong, in one line; where in the code only if asked. */
  private static int explain(Exception e, CommandLine failed, ParseResult parsed) {
    Command command = failed.getCommand();
    Console console = command.console();
    console.clearProgress();
    if (Stop.isStopping()) {
      console.note("sparkpy: stopped. " + command.afterStop());
      return ExitCode.FAILED;
    }
    if (command.isVerbose()) {
      e.printStackTrace(failed.getErr());
    }
    boolean designed =
        e instanceof Failure
            || e instanceof SocialException
            || (e instanceof IllegalArgumentException && e.getMessage() != null);
    console.note(
        "sparkpy "
            + command.name()
            + ": "
            + (designed
                ? e.getMessage()
                : "unexpected " + e + "; --verbose shows where it came from"));
    if (e instanceof Failure failure) {
      return failure.exitCode();
    }
    return e instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(
            new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
            StandardCharsets.UTF_8),
        false);
  }

  /** Says which version this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Sparkpy.class.getPackage().getImplementationVersion();
      return new String[] {"sparkpy-social " + (version == null ? "(not packaged)" : version)};
    }
  }
}
