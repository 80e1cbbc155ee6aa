package io.github.sparkpysocial.live;

import java.time.Duration;

/**
 * Hears how a live stream fares, on its own threads and as it happens: before the consumer gets
 * there. Methods return at once.
 */
public interface LiveListener {

  /** Hears of nothing. */
  LiveListener NONE = new LiveListener() {};

  /** The stream is connected. */
  default void connected() {}

  /** The connection has ended. */
  default void disconnected(String reason) {}

  /** The stream waits before it connects again. */
  default void reconnecting(Duration pause, String reason) {}

  /** The connection was silent for so long that it was ended. */
  default void stalled(Duration silence) {}

  /**
   * The consumer is slow. When the queue is full, nothing more is read from the server until there
   * is room; the server may then cut the connection, which leaves a hole.
   */
  default void fallingBehind(int queued, int capacity) {}
}
