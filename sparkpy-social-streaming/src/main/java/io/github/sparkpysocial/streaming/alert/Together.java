package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.streaming.alert.Raising.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two terms, used by different authors within a time. Of each term the newest posts of two authors
 * are remembered: one of them is by another author than any third post.
 *
 * @param within in microseconds
 */
record Together(String one, String other, long within) implements Condition {
  /** The term of a post that has both. */
  static final String BOTH = "both";

  static final String ONE = "one";
  static final String OTHER = "other";

  /**
   * Returns the condition for two terms in any case.
   *
   * @throws IllegalArgumentException if one is not what {@link SocialTokenizer} finds in a text
   */
  static Together of(String one, String other, long within) {
    return new Together(token(one), token(other), within);
  }

  private static String token(String term) {
    String lower = term.strip().toLowerCase(Locale.ROOT);
    if (!SocialTokenizer.tokens(term).contains(lower)) {
      throw new IllegalArgumentException("'" + term + "' is no single word, hashtag or mention");
    }
    return lower;
  }

  @Override
  public String kind() {
    return "together";
  }

  @Override
  public void see(Sighting post, Memory memory, Raising raising) {
    if (post.author() == null || post.term() == null) {
      return;
    }
    memory.recent.removeIf(earlier -> earlier.at() <= post.at() - within);
    Sighting partner = null;
    for (Sighting earlier : memory.recent) {
      boolean meets = BOTH.equals(post.term()) || !post.term().equals(earlier.term());
      if (meets && !post.author().equals(earlier.author())) {
        partner = earlier;
      }
    }
    if (partner != null) {
      String text =
          String.format(
              "'%s' and '%s' by different authors within %s",
              one, other, Duration.ofNanos(within * 1_000));
      boolean unused =
          raising.raise(
              post.at(),
              memory,
              new Finding(partner.at(), 2, 2, null, text, List.of(partner, post)));
    }
    if (!OTHER.equals(post.term())) {
      remember(post, ONE, memory.recent);
    }
    if (!ONE.equals(post.term())) {
      remember(post, OTHER, memory.recent);
    }
  }

  private static void remember(Sighting post, String term, List<Sighting> recent) {
    recent.removeIf(
        earlier -> term.equals(earlier.term()) && Objects.equals(earlier.author(), post.author()));
    List<Sighting> same = new ArrayList<>(recent);
    same.removeIf(earlier -> !term.equals(earlier.term()));
    if (same.size() == 2) {
      boolean unused = recent.remove(same.get(0));
    }
    recent.add(new Sighting(post.at(), post.network(), post.id(), post.author(), term));
  }

  @Override
  public void comeTo(long time, Memory memory, Raising raising) {}

  @Override
  public @Nullable Long nextCheck(Memory memory) {
    return memory.recent.isEmpty()
        ? null
        : Long.valueOf(memory.recent.get(memory.recent.size() - 1).at() + within);
  }

  @Override
  public boolean isForgotten(long time, Memory memory) {
    return memory.recent.isEmpty()
        || memory.recent.get(memory.recent.size() - 1).at() + within < time;
  }
}
