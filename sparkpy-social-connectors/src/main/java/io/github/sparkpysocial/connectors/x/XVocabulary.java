package io.github.sparkpysocial.connectors.x;

/**
 * The two vocabularies of the API: what X called tweets in its OpenAPI document 2.166 it calls
 * posts in 2.167, for look-ups, searches and timelines; its streams still say tweets.
 */
enum XVocabulary {
  TWEET(
      "tweet.fields",
      "attachments,author_id,community_id,context_annotations,conversation_id,created_at,"
          + "display_text_range,edit_controls,edit_history_tweet_ids,entities,geo,"
          + "in_reply_to_user_id,lang,note_tweet,possibly_sensitive,public_metrics,"
          + "referenced_tweets,reply_settings,source,withheld",
      "author_id,referenced_tweets.id,geo.place_id,attachments.media_keys,in_reply_to_user_id"),
  POST(
      "post.fields",
      "attachments,community_id,context_annotations,conversation_id,created_at,"
          + "display_text_range,edit_controls,entities,geo,lang,note_post,possibly_sensitive,"
          + "public_metrics,reply_settings,source,withheld",
      "author_id,referenced_posts,geo.place_id,attachments.media_keys,in_reply_to_user_id,"
          + "edit_history_post_ids");

  /** All public fields of an account; they are called the same in both. */
  static final String USER_FIELDS =
      "created_at,description,entities,location,name,profile_image_url,protected,public_metrics,"
          + "url,username,verified,verified_type,withheld";

  static final String PLACE_FIELDS = "full_name,country,country_code,geo,name,place_type";
  static final String MEDIA_FIELDS = "alt_text,duration_ms,preview_image_url,type,url";

  private final String parameter;
  private final String fields;
  private final String expansions;

  XVocabulary(String parameter, String fields, String expansions) {
    this.parameter = parameter;
    this.fields = fields;
    this.expansions = expansions;
  }

  /** Returns the parameter that names the fields of posts. */
  String parameter() {
    return parameter;
  }

  /** Returns all public fields of a post that are of use. */
  String fields() {
    return fields;
  }

  /** Returns what is to be included with posts. */
  String expansions() {
    return expansions;
  }

  /** Returns the other one. */
  XVocabulary other() {
    return this == TWEET ? POST : TWEET;
  }

  /** Returns whether a refusal is about the words of this one and not about the query. */
  boolean isRefused(String said) {
    String word = this == TWEET ? "tweet" : "post";
    return said.contains(parameter)
        || said.contains("referenced_" + word)
        || said.contains("note_" + word)
        || said.contains("edit_history_" + word + "_ids");
  }
}
