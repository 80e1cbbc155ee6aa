package io.github.sparkpysocial.samples.docs;

import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the names that commands on the pages read, with what the pages say is in them. */
final class PageFiles {
  private static final List<String> SAYINGS =
      List.of(
          "streaming joins with watermarks and late events in spark",
          "the harvest of olives and a press for their oil",
          "trains along the coast with a view of the sea",
          "a recipe for bread with rye and a slow rise",
          "telescopes and the moons of a far planet",
          "chess openings with a gambit on the fourth move",
          "roses and tulips in a garden without rain",
          "a choir that sings motets in the old cathedral");

  private PageFiles() {}

  static void into(Path directory) throws IOException {
    Community community = Community.builder().seed(7).posts(400).commits(300).build();
    try (Stream<Post> posts = community.posts()) {
      write(directory.resolve("posts.jsonl"), posts);
    }
    try (Stream<Post> posts = community.posts();
        Stream<Interaction> interactions = community.interactions()) {
      write(directory.resolve("harvest.jsonl"), Stream.concat(posts, interactions));
    }
    try (Stream<Post> posts = community.posts()) {
      write(directory.resolve("tweets.jsonl.gz"), posts);
    }
    try (Stream<Post> posts = community.posts()) {
      write(directory.resolve("spark.jsonl"), posts.limit(200));
    }
    try (Stream<Post> posts = community.posts()) {
      write(directory.resolve("flink.jsonl"), posts.skip(200));
    }
    Files.writeString(directory.resolve("posts.csv"), labelled("topic"));
    Files.writeString(directory.resolve("topics.csv"), labelled("label"));
    StringBuilder survey = new StringBuilder("id,text,posted,fav_count,who\n");
    for (int i = 0; i < 20; i++) {
      survey.append(i).append(",answer ").append(i).append(",2026-11-");
      survey.append(10 + i % 20).append("T12:00:00Z,").append(i).append(",ada\n");
    }
    Files.writeString(directory.resolve("survey.csv"), survey);
  }

  /** Writes some posts to a place, such as a table. */
  static void writePosts(String place) {
    try (Stream<Post> posts = Community.builder().seed(7).posts(50).build().posts()) {
      write(place, posts);
    }
  }

  private static void write(Path file, Stream<? extends SocialRecord> records) {
    write(file.toString(), records);
  }

  private static void write(String place, Stream<? extends SocialRecord> records) {
    try (RecordStore store =
        Places.openStore(PlaceUri.parse(place), StoreOptions.with(Quarantine.inMemory()))) {
      store.write(records.iterator());
    }
  }

  private static String labelled(String label) {
    StringBuilder rows = new StringBuilder("id,text,").append(label).append('\n');
    for (int i = 0; i < 160; i++) {
      int topic = i % SAYINGS.size();
      rows.append(i).append(',').append(SAYINGS.get(topic)).append(" no ").append(i);
      rows.append(",topic ").append(topic).append('\n');
    }
    return rows.toString();
  }
}
