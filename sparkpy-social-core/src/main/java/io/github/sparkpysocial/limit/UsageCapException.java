package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.SocialException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cap on what may be read or spent is reached, the network's or our own ({@link SpendingCap}).
 * Unlike a rate limit it does not pass by itself within a sensible time, so it is neither waited
 * for nor retried.
 */
public final class UsageCapException extends SocialException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Instant freeAgainAt;

  /**
   * Says which cap, and what to do.
   *
   * @param freeAgainAt when something is left again, or {@code null} if that is not known or never
   */
  public UsageCapException(String message, @Nullable Instant freeAgainAt) {
    super(message);
    this.freeAgainAt = freeAgainAt;
  }

  /** Returns when something is left again, or {@code null} if that is not known or never. */
  public @Nullable Instant freeAgainAt() {
    return freeAgainAt;
  }
}
