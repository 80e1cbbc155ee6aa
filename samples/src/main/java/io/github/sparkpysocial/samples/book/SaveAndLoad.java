package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same posts in a CSV file, a file of JSON Lines and MongoDB: only the URI differs. */
public final class SaveAndLoad {
  private SaveAndLoad() {}

  /** Saves posts and loads them again: {@code [DIRECTORY]}. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args.length == 0 ? "book" : args[0]));
    try (Sandbox sandbox = Sandbox.start(SandboxPosts.COMMUNITY);
        MongoServer mongo = MongoServer.inMemory()) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      List<Post> posts = SearchPosts.search(options, "spark", 50);
      for (String place : places(directory, mongo.uri("social", "posts"))) {
        System.out.println(place + ": " + save(place, posts));
        System.out.println(load(place).size() + " loaded");
      }
    }
  }

  /**
   * Returns where posts are kept; any MongoDB does, such as {@code
   * mongodb://localhost/social::posts}.
   */
  static List<String> places(Path directory, String mongo) {
    return List.of(
        directory.resolve("posts.csv").toString(),
        directory.resolve("saved.jsonl").toString(),
        mongo);
  }

  /** Saves posts by their key: saved again, they are found unchanged. */
  static WriteSummary save(String place, List<Post> posts) {
    try (RecordStore store = open(place)) {
      return store.write(posts);
    }
  }

  static List<Post> load(String place) {
    List<Post> posts = new ArrayList<>();
    try (RecordStore store = open(place);
        RecordCursor records = store.read(Filter.kinds(RecordKind.POST))) {
      records.forEachRemaining(record -> posts.add((Post) record));
    }
    return posts;
  }

  private static RecordStore open(String place) {
    return Places.openStore(PlaceUri.parse(place), StoreOptions.with(Quarantine.inMemory()));
  }
}
