package io.github.sparkpysocial.testkit.sandbox;

/**
 * The names that X uses for posts. Its specification 2.167 renames what 2.166 called tweets; which
 * names the live server answers with is not established, so a client should cope with both.
 */
public enum XDialect {
  /** {@code tweet.fields}, {@code includes.tweets}, {@code referenced_tweets} and so on. */
  TWEET("tweet"),
  /** {@code post.fields}, {@code includes.posts}, {@code referenced_posts} and so on. */
  POST("post");

  private final String word;

  XDialect(String word) {
    this.word = word;
  }

  /** Returns {@code tweet.fields} or {@code post.fields}. */
  String fieldsParameter() {
    return word + ".fields";
  }

  /** Returns a name of this dialect, given that of {@link #TWEET}. */
  String name(String tweetName) {
    if (this == TWEET) {
      return tweetName;
    }
    return switch (tweetName) {
      case "retweet_count" -> "repost_count";
      case "referenced_tweets.id" -> "referenced_posts";
      default -> tweetName.replace("tweet", "post");
    };
  }
}
