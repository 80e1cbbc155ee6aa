package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one answer says of one window of a quota.
 *
 * @param window the name of the window, to tell several of one key apart, such as {@code 15min}
 * @param limit how much may be asked in the window, or {@code null} if not told
 * @param remaining how much of it is left
 * @param untilReset how long from the moment of the answer until it is full again, by the server's
 *     clock alone
 */
public record QuotaReading(
    String window, @Nullable Long limit, long remaining, Duration untilReset) {
  public QuotaReading {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(untilReset, "untilReset");
  }
}
