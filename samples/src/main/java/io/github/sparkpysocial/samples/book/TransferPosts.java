package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the book had odo do: from JSON to CSV to MongoDB to SQL, and nothing is lost on the way. */
public final class TransferPosts {
  private TransferPosts() {}

  /** Moves posts from place to place: {@code [URI]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PlaceUri posts = SandboxPosts.orNamed(args);
    try (MongoServer mongo = MongoServer.inMemory()) {
      move(posts, way(Path.of("book"), mongo)).forEach(System.out::println);
    }
  }

  static List<String> way(Path directory, MongoServer mongo) {
    return List.of(
        directory.resolve("moved.csv").toString(),
        mongo.uri("social", "moved"),
        "jdbc:sqlite:" + directory.resolve("moved.db") + "::posts",
        directory.resolve("moved.jsonl").toString());
  }

  /** Moves posts along a way, each time from where they came to, and compares both ends. */
  static List<TransferReport> move(PlaceUri posts, List<String> way) {
    List<TransferReport> reports = new ArrayList<>();
    PlaceUri from = posts;
    for (String next : way) {
      PlaceUri to = PlaceUri.parse(next);
      reports.add(
          Transfer.builder(from, to)
              .options(StoreOptions.with(Quarantine.inMemory()).withoutRaw())
              .filter(Filter.kinds(RecordKind.POST))
              .verify()
              .build()
              .run());
      from = to;
    }
    return reports;
  }
}
