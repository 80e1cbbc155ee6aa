package io.github.sparkpysocial.ml.network;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What somebody did to somebody, one row each, however it was told. */
final class Deeds {
  private static final Column NONE = lit(null).cast("string");
  private static final String ACCOUNT = "account";
  private static final String POST = "post";

  private Deeds() {}

  static Dataset<Row> ofPosts(Dataset<Row> posts) {
    Dataset<Row> replies = toAuthor(posts, "reply", "in_reply_to_id", col("in_reply_to_author_id"));
    Dataset<Row> reposts = toAuthor(posts, "repost", "repost_of_id", col("repost_of_author_id"));
    Dataset<Row> quotes = toAuthor(posts, "quote", "quote_of_id", NONE);
    Dataset<Row> mentions =
        posts
            // A repost repeats the mentions of somebody else.
            .where(col("repost_of_id").isNull())
            .withColumn("__mention", explode(col("mentions")));
    return replies
        .unionByName(reposts)
        .unionByName(quotes)
        .unionByName(
            deeds(
                mentions,
                "author",
                lit("mention"),
                lit(ACCOUNT),
                col("__mention.id"),
                col("__mention.handle"),
                NONE,
                lit(1L)));
  }

  private static Dataset<Row> toAuthor(
      Dataset<Row> posts, String type, String post, Column author) {
    return deeds(
        posts.where(col(post).isNotNull()),
        "author",
        lit(type),
        lit(ACCOUNT),
        author,
        NONE,
        col(post),
        lit(1L));
  }

  static Dataset<Row> ofInteractions(Dataset<Row> interactions) {
    Column account = col("target_kind").equalTo(ACCOUNT);
    Column post = col("target_kind").equalTo(POST);
    Column named = coalesce(col("target_name"), col("target_id"));
    return deeds(
        interactions.where(col("target_kind").isNotNull()),
        "actor",
        col("type"),
        when(post, lit(ACCOUNT)).otherwise(col("target_kind")),
        when(post, NONE).when(account, col("target_id")).otherwise(named),
        when(post, NONE).otherwise(col("target_name")),
        when(post, col("target_id")),
        coalesce(col("count"), lit(1L)));
  }

  private static Dataset<Row> deeds(
      Dataset<Row> records,
      String who,
      Column type,
      Column kind,
      Column id,
      Column name,
      Column post,
      Column times) {
    return records.select(
        col("network"),
        col(who + "_id").as("src_id"),
        lower(col(who + "_handle")).as("src_handle"),
        coalesce(col(who + "_handle"), col(who + "_name")).as("src_name"),
        type.as("type"),
        kind.as("dst_kind"),
        id.as("dst_id"),
        name.as("dst_name"),
        post.as("dst_post"),
        coalesce(col("created_at").cast("string"), col("id")).as("moment"),
        times.as("times"));
  }

  /** Finds out whom each deed was done to, and names both by their keys. */
  static Dataset<Row> keyed(Dataset<Row> deeds, @Nullable Dataset<Row> posts) {
    Dataset<Row> known = posts == null ? deeds : withAuthors(deeds, posts);
    Dataset<Row> handles =
        known
            .where(col("src_id").isNotNull().and(col("src_handle").isNotNull()))
            .groupBy(col("network").as("__network"), col("src_handle").as("__handle"))
            .agg(min("src_id").as("__id"));
    Column byHandle =
        col("network")
            .equalTo(col("__network"))
            .and(col("dst_kind").equalTo(ACCOUNT))
            .and(lower(col("dst_name")).equalTo(col("__handle")));
    Column dst = coalesce(col("dst_id"), col("__id"), concat(lit("@"), lower(col("dst_name"))));
    Column src = coalesce(col("src_id"), concat(lit("@"), col("src_handle")));
    Column kind = col("dst_kind");
    // An account and a repository may have the same id.
    Column prefix = when(kind.equalTo(ACCOUNT), lit("")).otherwise(concat(kind, lit(":")));
    return known
        .join(handles, byHandle, "left")
        .select(
            col("network"),
            concat(col("network"), lit("/"), src).as("src"),
            col("src_name"),
            concat(col("network"), lit("/"), prefix, dst).as("dst"),
            col("dst_name"),
            col("dst_kind"),
            col("type"),
            col("moment"),
            col("times"))
        .na()
        .drop(new String[] {"src", "dst"})
        .where(col("src").notEqual(col("dst")));
  }

  /** Names the author of a post that something was done to, as far as the post is at hand. */
  private static Dataset<Row> withAuthors(Dataset<Row> deeds, Dataset<Row> posts) {
    Dataset<Row> authors =
        posts
            .groupBy(col("network").as("__network"), col("id").as("__post"))
            .agg(min("author_id").as("__author_id"), min("author_handle").as("__author_handle"));
    Dataset<Row> joined =
        deeds.join(
            authors,
            col("network").equalTo(col("__network")).and(col("dst_post").equalTo(col("__post"))),
            "left");
    return joined
        .withColumn("dst_id", coalesce(col("dst_id"), col("__author_id")))
        .withColumn("dst_name", coalesce(col("dst_name"), col("__author_handle")))
        .drop("__network", "__post", "__author_id", "__author_handle");
  }
}
