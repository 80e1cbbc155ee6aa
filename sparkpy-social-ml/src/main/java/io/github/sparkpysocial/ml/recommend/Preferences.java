package io.github.sparkpysocial.ml.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.ml.internal.Columns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What people took to, from records: frames with the columns {@code user}, {@code item}, both
 * {@code string}, {@code rating}, a {@code double} above 0 that says how strongly, and {@code
 * created_at}. A person is {@code network/id}, or {@code network/@handle} where no id is told; what
 * has neither does not come.
 */
public final class Preferences {
  private static final String[] COLUMNS = {"user", "item", "rating", "created_at"};

  private Preferences() {}

  /**
   * Returns which repositories people took to: a star or a watch counts 1, a fork 2, a commit or a
   * push 3, a contribution of {@code n} commits {@code 3 + ln(1 + n)}.
   *
   * @param interactions a frame of interactions
   * @throws IllegalArgumentException if a column of interactions is missing
   */
  public static Dataset<Row> repositories(Dataset<Row> interactions) {
    require(interactions, "type", "target_id", "target_name", "count");
    Column type = col("type");
    Column strength =
        when(type.isin("star", "watch"), 1.0)
            .when(type.equalTo("fork"), 2.0)
            .when(type.isin("commit", "push"), 3.0)
            .when(
                type.equalTo("contribution"), log1p(coalesce(col("count"), lit(1))).plus(lit(3.0)));
    return preferences(
        interactions, "actor", coalesce(col("target_name"), col("target_id")), strength);
  }

  /**
   * Returns which hashtags people use, in lower case, 1 for each post. Reposts count: to repeat is
   * to take to.
   *
   * @param posts a frame of posts
   * @throws IllegalArgumentException if a column of posts is missing
   */
  public static Dataset<Row> hashtags(Dataset<Row> posts) {
    require(posts, "hashtags", "author_id", "author_handle");
    return preferences(
        posts.withColumn("__tag", explode(col("hashtags.text"))),
        "author",
        lower(col("__tag")),
        lit(1.0));
  }

  /**
   * Returns which people others turn to: a follow counts 3, a reply to or a mention of somebody 1,
   * as far as the interaction names the account.
   *
   * @param interactions a frame of interactions
   * @throws IllegalArgumentException if a column of interactions is missing
   */
  public static Dataset<Row> people(Dataset<Row> interactions) {
    require(interactions, "type", "target_kind", "target_id", "target_name");
    Column strength =
        when(col("target_kind").notEqual("account"), lit(null))
            .when(col("type").equalTo("follow"), 3.0)
            .when(col("type").isin("mention", "reply"), 1.0);
    Column target = person(col("target_id"), col("target_name"));
    Dataset<Row> preferences = preferences(interactions, "actor", target, strength);
    return preferences.where(col("user").notEqual(col("item")));
  }

  private static void require(Dataset<Row> frame, String... columns) {
    Columns.require(frame, List.of("network", "created_at"));
    Columns.require(frame, List.of(columns));
  }

  private static Dataset<Row> preferences(
      Dataset<Row> records, String who, Column item, Column strength) {
    return records
        .select(
            person(col(who + "_id"), col(who + "_handle")).as(COLUMNS[0]),
            item.as(COLUMNS[1]),
            strength.as(COLUMNS[2]),
            col(COLUMNS[3]))
        .na()
        .drop(new String[] {COLUMNS[0], COLUMNS[1], COLUMNS[2]});
  }

  private static Column person(Column id, Column handle) {
    return concat(col("network"), lit("/"), coalesce(id, concat(lit("@"), lower(handle))));
  }
}
