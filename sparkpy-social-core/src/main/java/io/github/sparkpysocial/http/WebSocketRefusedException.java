package io.github.sparkpysocial.http;

import java.io.IOException;

/** A server answered the opening handshake of a WebSocket with something else. */
public final class WebSocketRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient HttpResponse response;

  /** Makes an exception for this answer; its message shows the status and never the body. */
  public WebSocketRefusedException(HttpResponse response) {
    super("No WebSocket was opened: " + response);
    this.response = response;
  }

  /** Returns what the server answered; its body may be empty. */
  public HttpResponse response() {
    return response;
  }
}
