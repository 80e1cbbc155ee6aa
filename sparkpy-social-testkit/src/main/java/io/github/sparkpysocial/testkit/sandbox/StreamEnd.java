package io.github.sparkpysocial.testkit.sandbox;

/** How the streams of a sandbox end. */
public enum StreamEnd {
  /** The connection is cut without a word. */
  CUT,
  /** Half of the next post is sent, then the connection is cut. */
  CUT_WITHIN_POST,
  /** The body or WebSocket is ended in order. */
  CLOSED,
  /** Half of the next post is sent, then the body or WebSocket is ended in order. */
  CLOSED_WITHIN_POST
}
