package io.github.sparkpysocial.testkit.sandbox;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a request wants to see of posts, users and places, in the names of {@link XDialect#TWEET}.
 *
 * @param post fields of posts
 * @param user fields of users
 * @param place fields of places
 * @param expansions what is to be included beside the data
 */
record XSelection(Set<String> post, Set<String> user, Set<String> place, Set<String> expansions) {
  private static final Set<String> POST_FIELDS =
      Set.of(
          "article",
          "attachments",
          "author_id",
          "card_uri",
          "community_id",
          "context_annotations",
          "conversation_id",
          "created_at",
          "display_text_range",
          "edit_controls",
          "edit_history_tweet_ids",
          "entities",
          "geo",
          "id",
          "in_reply_to_user_id",
          "lang",
          "media_metadata",
          "note_tweet",
          "possibly_sensitive",
          "public_metrics",
          "referenced_tweets",
          "reply_settings",
          "scopes",
          "source",
          "suggested_source_links",
          "text",
          "withheld");
  private static final Set<String> USER_FIELDS =
      Set.of(
          "affiliation",
          "connection_status",
          "created_at",
          "description",
          "entities",
          "id",
          "is_identity_verified",
          "location",
          "most_recent_tweet_id",
          "name",
          "parody",
          "pinned_tweet_id",
          "profile_banner_url",
          "profile_image_url",
          "protected",
          "public_metrics",
          "subscription_type",
          "url",
          "username",
          "verified",
          "verified_type",
          "withheld");
  private static final Set<String> PLACE_FIELDS =
      Set.of(
          "contained_within",
          "country",
          "country_code",
          "full_name",
          "geo",
          "id",
          "name",
          "place_type");
  private static final Set<String> EXPANSIONS =
      Set.of(
          "article.cover_media",
          "article.media_entities",
          "attachments.media_keys",
          "attachments.media_source_tweet",
          "attachments.poll_ids",
          "author_id",
          "edit_history_tweet_ids",
          "entities.mentions.username",
          "geo.place_id",
          "in_reply_to_user_id",
          "referenced_tweets.id",
          "referenced_tweets.id.author_id");
  private static final Set<String> OF_USERS =
      Set.of("affiliation", "most_recent_tweet_id", "pinned_tweet_id");

  /** Returns the parameters of requests for posts, with those of their own. */
  static Set<String> parametersOfPosts(XDialect dialect, Set<String> own) {
    Set<String> known = new LinkedHashSet<>(own);
    known.add(dialect.fieldsParameter());
    known.add("user.fields");
    known.add("place.fields");
    known.add("media.fields");
    known.add("poll.fields");
    known.add("expansions");
    return known;
  }

  /** Returns the parameters of requests for users, with those of their own. */
  static Set<String> parametersOfUsers(XDialect dialect, Set<String> own) {
    Set<String> known = new LinkedHashSet<>(own);
    known.add(dialect.fieldsParameter());
    known.add("user.fields");
    known.add("expansions");
    return known;
  }

  /** Reads what is wanted of posts and of what they refer to. */
  static XSelection ofPosts(XParameters parameters, XDialect dialect) throws XRefused {
    return new XSelection(
        listed(parameters, dialect.fieldsParameter(), POST_FIELDS, dialect),
        listed(parameters, "user.fields", USER_FIELDS, dialect),
        listed(parameters, "place.fields", PLACE_FIELDS, dialect),
        listed(parameters, "expansions", EXPANSIONS, dialect));
  }

  /** Reads what is wanted of users. */
  static XSelection ofUsers(XParameters parameters, XDialect dialect) throws XRefused {
    listed(parameters, "expansions", OF_USERS, dialect);
    return new XSelection(
        listed(parameters, dialect.fieldsParameter(), POST_FIELDS, dialect),
        listed(parameters, "user.fields", USER_FIELDS, dialect),
        Set.of(),
        Set.of());
  }

  /** Returns the names asked for, in the dialect of tweets. */
  private static Set<String> listed(
      XParameters parameters, String parameter, Set<String> known, XDialect dialect)
      throws XRefused {
    String text = parameters.text(parameter);
    Set<String> names = new LinkedHashSet<>();
    if (text == null) {
      return names;
    }
    Map<String, String> byName = new LinkedHashMap<>();
    for (String name : known) {
      byName.put(dialect.name(name), name);
    }
    for (String name : text.split(",", -1)) {
      String tweetName = byName.get(name);
      if (tweetName == null) {
        throw XRefused.parameter(
            parameter,
            name,
            "The `" + parameter + "` query parameter value [" + name + "] is not known");
      }
      names.add(tweetName);
    }
    return names;
  }
}
