package io.github.sparkpysocial.samples.cli;

/** How a command ends. */
final class ExitCode {
  /** All that was asked is done. */
  static final int DONE = 0;

  /** It could not be done; the standard error says why. */
  static final int FAILED = 1;

  /** The command does not exist in this form; the standard error says which do. */
  static final int USAGE = 2;

  /** Done, except for what was set aside in the quarantine file that is named. */
  static final int QUARANTINED = 3;

  private ExitCode() {}
}
