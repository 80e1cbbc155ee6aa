package io.github.sparkpysocial.testkit.sandbox;

import java.util.Map;

/**
 * How the sandbox's GitHub differs from the real one, to make its walls cheap to reach.
 *
 * @param pageCap how many pages of a listing it shows; GitHub shows 400
 * @param crowds how many stargazers repositories have, by full name, made when they are read
 */
record GitHubOptions(int pageCap, Map<String, Integer> crowds) {
  /** Beyond this many pages GitHub refuses to list stargazers. */
  static final int PAGES_OF_GITHUB = 400;

  GitHubOptions {
    if (pageCap < 1) {
      throw new IllegalArgumentException("gitHubPageCap must be positive, was " + pageCap);
    }
    crowds = Map.copyOf(crowds);
  }
}
