package io.github.sparkpysocial.samples.cli;

import org.jspecify.annotations.Nullable;

/** Why a command cannot do what it was asked; the message is all that the person is shown. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Failure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something outside does not let it; the message says what to do. */
  static Failure failed(String message, @Nullable Throwable cause) {
    return new Failure(ExitCode.FAILED, message, cause);
  }

  /** The command was asked for something that cannot be; the message says what can. */
  static Failure usage(String message, @Nullable Throwable cause) {
    return new Failure(ExitCode.USAGE, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
