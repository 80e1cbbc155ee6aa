package io.github.sparkpysocial.ml.feature;

import java.io.Serializable;
import java.util.Objects;

/**
 * A token with where it was found.
 *
 * @param text the token, as {@link SocialTokenizer} spells it
 * @param kind what it is
 * @param start where it begins in the original text, in code points, as networks count
 * @param end where it ends, in code points; more than {@code start}
 */
public record Token(String text, Tokens.Kind kind, int start, int end) implements Serializable {
  public Token {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(kind, "kind");
  }
}
