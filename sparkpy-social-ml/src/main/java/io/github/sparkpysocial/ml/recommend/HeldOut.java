package io.github.sparkpysocial.ml.recommend;

/** Which preferences are kept aside to judge the recommendations by. */
public enum HeldOut {
  /**
   * The newest by {@code created_at}: what would have been recommended before they came. The honest
   * way where there are times; preferences without a time are learnt from.
   */
  NEWEST,
  /**
   * Some of each person at random; easier, since what came later helps to tell what came before.
   */
  RANDOM
}
