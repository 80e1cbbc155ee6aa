package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.SocialException;

/** A run has asked or taken as much as its {@link Ceiling} allows. Run again to go on. */
public final class CeilingReachedException extends SocialException {
  private static final long serialVersionUID = 1L;

  CeilingReachedException(String message) {
    super(message);
  }
}
