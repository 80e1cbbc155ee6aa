package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.ml.explore.ColumnProfile;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Profile;
import io.github.sparkpysocial.ml.explore.TopValues;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * What the book looked at with pandas: columns, first rows, what is missing, who and which most.
 */
public final class ExplorePosts {
  private ExplorePosts() {}

  /** What was found out about a place with posts. */
  record Findings(long posts, long authors, Profile profile, TopValues languages, long copies) {}

  /** Explores a place: {@code [URI]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PlaceUri posts = SandboxPosts.orNamed(args);
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      explore(spark, posts);
    }
  }

  static Findings explore(SparkSession spark, PlaceUri posts) {
    Explore explore = Explore.of(Frames.of(spark, posts, RecordKind.POST).cache());
    explore.schema().forEach(column -> System.out.println(column.name() + ": " + column.type()));
    explore.first(5).select("created_at", "author_handle", "text").show();
    explore.describe("likes", "reposts", "replies").show();

    Profile profile = explore.profile();
    ColumnProfile times = profile.column("created_at");
    System.out.println(profile.rows() + " posts from " + times.min() + " to " + times.max());
    TopValues languages = explore.top("language", 5);
    System.out.println(languages);
    return new Findings(
        explore.count(),
        explore.distinct("author_handle"),
        profile,
        languages,
        explore.duplicates("text").count());
  }
}
