package io.github.sparkpysocial.ml;

import io.github.sparkpysocial.ml.explore.ColumnProfile;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.explore.Profile;
import io.github.sparkpysocial.ml.explore.PushedQuery;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The code of docs/explore.md, word for word between the marks; run by {@link SnippetsTest}. */
final class ExploreSnippets {
  private ExploreSnippets() {}

  static Explore open(SparkSession spark, String uri, Consumer<String> out) {
    // snippet: open
    Explore explore = Explore.open(spark, PlaceUri.parse(uri));

    explore.first(5).show();
    Dataset<Row> busiest =
        explore.sql("SELECT author_handle, count(*) AS n FROM posts GROUP BY 1 ORDER BY n DESC");
    Dataset<Row> copied = explore.duplicates("text");

    Profile profile = explore.profile();
    ColumnProfile times = profile.column("created_at");
    out.accept(profile.rows() + " rows from " + times.min() + " to " + times.max());
    out.accept(
        times.missing() + " without a time, " + times.suspicious() + " with an impossible one");
    out.accept("languages: " + profile.column("language").top());
    // end
    out.accept(busiest.count() + " authors, " + copied.count() + " copied texts");
    return explore;
  }

  static void plans(Explore explore, Consumer<String> out) {
    // snippet: plans
    Plans plans = Plans.of(explore.sql("SELECT text FROM posts WHERE network = 'x' AND likes > 9"));
    for (PushedQuery asked : plans.pushed()) {
      out.accept(asked.place() + " " + asked.columns() + ": " + asked.query());
    }
    out.accept(plans.optimized());
    // end
  }

  static void write(Dataset<Row> posts, String target, Path refused, Consumer<String> out) {
    // snippet: write
    try (Quarantine quarantine = Quarantine.toFile(refused)) {
      WriteSummary written =
          Frames.write(posts, PlaceUri.parse(target), StoreOptions.with(quarantine));
      out.accept(written.inserted() + " new, " + written.updated() + " changed");
    }
    // end
  }
}
