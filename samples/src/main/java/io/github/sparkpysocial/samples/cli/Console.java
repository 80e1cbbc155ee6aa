package io.github.sparkpysocial.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command says, and where. Results for people go to the standard output, or nowhere when
 * JSON is asked for; messages and progress go to the standard error. Control characters never reach
 * a terminal, since text from a network could command it.
 */
final class Console {
  private static final int NARROW = 40;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final int terminalWidth;
  private boolean progressShown;
  private long progressDrawn;

  /**
   * Makes a console.
   *
   * @param terminalWidth the columns of the terminal that {@code err} leads to, 0 if it is none
   */
  Console(PrintWriter out, PrintWriter err, boolean json, int terminalWidth) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.terminalWidth = terminalWidth;
  }

  /** Returns whether the result is wanted as JSON, and nothing else on the standard output. */
  boolean isJson() {
    return json;
  }

  /** Returns the standard output, for commands whose output is data. */
  PrintWriter data() {
    return out;
  }

  /** Prints a line of the result for people. */
  void say(String line) {
    if (!json) {
      clearProgress();
      out.println(printable(line));
      out.flush();
    }
  }

  /** Prints a message beside the result. */
  synchronized void note(String line) {
    clearProgress();
    err.println(printable(line));
    err.flush();
  }

  /**
   * Shows how far the work is, over what was shown before; at most ten times a second, and only on
   * a terminal.
   */
  synchronized void progress(Supplier<String> line) {
    if (terminalWidth < NARROW) {
      return;
    }
    long now = System.nanoTime();
    if (progressShown && now - progressDrawn < REDRAW_NANOS) {
      return;
    }
    progressDrawn = now;
    progressShown = true;
    String text = printable(line.get());
    int end = text.offsetByCodePoints(0, Math.min(terminalWidth - 1, codePoints(text)));
    err.print('\r' + text.substring(0, end) + "\033[K");
    err.flush();
  }

  /** Removes the progress from the terminal. */
  synchronized void clearProgress() {
    if (progressShown) {
      err.print("\r\033[K");
      err.flush();
      progressShown = false;
    }
  }

  /** Prints the result as one line of JSON, when JSON is wanted; the last thing a command says. */
  void result(Map<String, ? extends @Nullable Object> result) {
    clearProgress();
    if (json) {
      out.println(toJson(result));
    }
    out.flush();
  }

  static String toJson(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A result could not be written as JSON", e);
    }
  }

  /** Returns the text with control characters, except tabs, made visible. */
  static String printable(String text) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        if (shown == null) {
          shown = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        shown.append(c == '\n' ? "\n" : String.format("\\u%04x", (int) c));
      } else if (shown != null) {
        shown.append(c);
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
