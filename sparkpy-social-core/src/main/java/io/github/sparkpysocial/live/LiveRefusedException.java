package io.github.sparkpysocial.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server refused to open a live stream. */
public final class LiveRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What to do about a refusal. */
  public enum Kind {
    /** It may pass: connect again after a growing pause. */
    TEMPORARY,
    /** A limit is reached: connect again after the time the server asks for, or a long pause. */
    LIMITED,
    /** It does not pass: no credentials, no rules, no such stream. */
    FINAL
  }

  private final Kind kind;
  private final @Nullable Duration pause;

  /**
   * Makes a refusal.
   *
   * @param pause how long the server wants to be left alone, or {@code null} if it does not say
   * @param message what it said and what to do, without credentials
   */
  public LiveRefusedException(Kind kind, @Nullable Duration pause, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.pause = pause;
  }

  /** Returns what to do. */
  public Kind kind() {
    return kind;
  }

  /** Returns how long the server wants to be left alone, or {@code null} if it does not say. */
  public @Nullable Duration pause() {
    return pause;
  }
}
