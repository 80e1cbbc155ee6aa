package io.github.sparkpysocial.ml.feature;

import java.util.List;

/**
 * The tokens of {@link SocialTokenizer} in a JVM without Spark, as a service that scores texts one
 * by one needs them. Stateless.
 */
public final class PlainTokens {
  private PlainTokens() {}

  /** Returns the tokens of a text, as the stage with its default settings gives them. */
  public static List<String> of(String text) {
    return new Tokens(false).of(text);
  }
}
