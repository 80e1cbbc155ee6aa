package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.transfer.Transfer;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A collection of MongoDB asked in Spark SQL; what MongoDB can answer by itself, it is asked. */
public final class MongoWithSpark {
  private static final String LIKED =
      "SELECT author_handle, count(*) AS posts, sum(likes) AS likes FROM posts"
          + " WHERE likes >= 5 GROUP BY author_handle ORDER BY likes DESC, author_handle LIMIT 5";

  private MongoWithSpark() {}

  /** Asks a collection with posts: {@code [mongodb://HOST/DATABASE::COLLECTION]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (MongoServer mongo = MongoServer.inMemory();
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      PlaceUri place = PlaceUri.parse(args.length == 0 ? mongo.uri("social", "posts") : args[0]);
      if (args.length == 0) {
        fill(SandboxPosts.orNamed(args), place);
      }
      Dataset<Row> liked = mostLiked(spark, place);
      liked.show();
      Plans.of(liked).pushed().forEach(System.out::println);
    }
  }

  static void fill(PlaceUri posts, PlaceUri collection) {
    Transfer.builder(posts, collection)
        .options(StoreOptions.with(Quarantine.inMemory()))
        .filter(Filter.kinds(RecordKind.POST))
        .build()
        .run();
  }

  /** Returns whose posts are liked most, of those liked at least five times. */
  static Dataset<Row> mostLiked(SparkSession spark, PlaceUri collection) {
    return Explore.open(spark, collection).sql(LIKED);
  }
}
