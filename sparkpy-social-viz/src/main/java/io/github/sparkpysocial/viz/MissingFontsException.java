package io.github.sparkpysocial.viz;

import io.github.sparkpysocial.SocialException;

/**
 * Java finds no font on this machine, as in many small container images, so that no text can be
 * measured or painted. Pages and SVG of all figures but word clouds need none.
 */
public final class MissingFontsException extends SocialException {
  private static final long serialVersionUID = 1L;

  /** Names the cause as Java tells it. */
  public MissingFontsException(Throwable cause) {
    super(
        "Java finds no font on this machine, and cannot measure or paint text; install some: apt"
            + " install fontconfig fonts-noto-core (Debian, Ubuntu), apk add fontconfig"
            + " font-noto (Alpine). Pages and SVG of all figures but word clouds need none",
        cause);
  }
}
