package io.github.sparkpysocial.samples.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.MongoServer;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames of MongoDB, by the official connector and by our own store. */
class MongoFramesIT extends NativeFramesContract {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final MongoServer SERVER = MongoServer.inMemory();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  SparkSession spark() {
    return SPARK.session();
  }

  @Override
  PlaceUri place(String name) {
    return PlaceUri.parse(SERVER.uri("social", name));
  }

  @Override
  String scan() {
    return "MongoScan";
  }

  @Test
  void documentsOfOtherToolsAreOpened() {
    try (MongoClient client = MongoClients.create(SERVER.uri())) {
      client
          .getDatabase("social")
          .getCollection("dump")
          .insertMany(
              List.of(
                  Document.parse(
                      "{\"created_at\":\"Sun Nov 01 12:00:00 +0000 2026\",\"id\":1,\"id_str\":"
                          + "\"1\",\"text\":\"about #spark\",\"user\":{\"id_str\":\"7\","
                          + "\"screen_name\":\"ada\",\"name\":\"Ada\"},\"entities\":{\"hashtags\":"
                          + "[{\"text\":\"spark\",\"indices\":[6,12]}],\"symbols\":[],\"urls\":[],"
                          + "\"user_mentions\":[]}}"),
                  new Document("id", 2L).append("text", "of another tool").append("lang", "en")));
    }
    Explore explore = Explore.open(spark(), place("dump"));

    Dataset<Row> posts =
        explore.sql("SELECT id, author_handle, hashtags.text, language FROM posts ORDER BY id");

    assertThat(posts.collectAsList())
        .extracting(Row::toString)
        .containsExactly("[1,ada,ArraySeq(spark),null]", "[2,null,ArraySeq(),en]");
    assertThat(Plans.of(posts).pushed().get(0).query()).startsWith("social mongodb://");
  }

  @Test
  void aFrameIsWrittenByTheStore() {
    PlaceUri from = filled("from");
    PlaceUri to = place("to");
    Dataset<Row> all = Frames.of(spark(), from, ALL, OPTIONS);

    assertThat(Frames.write(all, to, STORE)).isEqualTo(new WriteSummary(507, 0, 0, 0, 0));
    assertThat(Frames.write(all, to, STORE)).isEqualTo(new WriteSummary(0, 0, 507, 0, 0));

    assertThat(Frames.of(spark(), to, RecordKind.POST).count()).isEqualTo(501);
  }
}
