package io.github.sparkpysocial;

/**
 * The credential is good, but the network does not let it see or use this one thing. Others may
 * still be allowed.
 */
public final class ForbiddenException extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  /** Says what is not allowed, never a secret. */
  public ForbiddenException(String message) {
    super(message);
  }
}
