package io.github.sparkpysocial.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server sent in one piece: a line, a server-sent event, a WebSocket message.
 *
 * @param event the name of the event, or {@code null} if the protocol has none
 * @param text the text; empty for a keep-alive
 */
public record Frame(@Nullable String event, String text) {

  /** Shows that the server is alive, and nothing else. */
  public static final Frame KEEP_ALIVE = new Frame(null, "");

  public Frame {
    Objects.requireNonNull(text, "text");
  }

  /** Returns whether it shows that the server is alive, and nothing else. */
  public boolean isKeepAlive() {
    return text.isEmpty();
  }
}
