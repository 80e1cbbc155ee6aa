package io.github.sparkpysocial.limit;

/** How a quota is used within its window. */
public enum Pacing {
  /** As fast as the caller asks, then a wait for the next window. The default. */
  BURST,
  /**
   * Spread over what is left of the window, so that there is never a long wait and others who use
   * the same credential find something left at any time.
   */
  EVEN
}
