package io.github.sparkpysocial.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How often people reacted to a post, at the moment it was fetched. {@code null} means that the
 * network did not tell, which is not the same as none.
 *
 * @param likes likes, favourites
 * @param reposts reposts, retweets, boosts, without quotes
 * @param replies direct replies
 * @param quotes reposts with a comment
 * @param views times it was shown
 */
public record Engagement(
    @Nullable Long likes,
    @Nullable Long reposts,
    @Nullable Long replies,
    @Nullable Long quotes,
    @Nullable Long views)
    implements Serializable {

  /** The network told nothing. */
  public static final Engagement UNKNOWN = new Engagement(null, null, null, null, null);
}
