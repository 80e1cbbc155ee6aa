package io.github.sparkpysocial.samples.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have in common: their options, and how they speak and end. */
abstract class Command implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 100,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli sets it and acts on it
  private boolean help;

  @Option(
      names = "--json",
      order = 101,
      description = "Say the result as one line of JSON, the last on the standard output.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      order = 102,
      description = "Say more: the log of the library, and where an error came from.")
  private boolean verbose;

  private @Nullable Console console;

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int execute(Console console) throws Exception;

  /** Returns how to go on after the person stopped the command. */
  String afterStop() {
    return "Run the same command again to start over.";
  }

  /** Returns the name of the command, as typed. */
  String name() {
    return spec.name();
  }

  /** Returns an argument that picocli has made sure of. */
  static <T> T given(@Nullable T argument) {
    return Objects.requireNonNull(argument, "argument");
  }

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public final Integer call() throws Exception {
    return execute(console());
  }

  /** Returns where this command speaks. */
  final Console console() {
    if (console == null) {
      console =
          new Console(
              spec.commandLine().getOut(),
              spec.commandLine().getErr(),
              json,
              Integer.getInteger("sparkpy.terminal", 0));
    }
    return console;
  }
}
