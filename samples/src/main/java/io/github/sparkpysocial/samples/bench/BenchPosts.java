package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.IntStream;

/** A file of generated posts, about 1 KB each, with the JSON that X would have answered. */
final class BenchPosts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BenchPosts() {}

  /**
   * Returns a file of JSON Lines with so many posts, the same ones each time; one that a run before
   * has left in the directory is taken again.
   */
  static Path file(Path directory, int posts) throws IOException {
    Path file = directory.resolve("bench-posts-" + posts + ".jsonl");
    if (Files.exists(file)) {
      return file;
    }
    Path unfinished = directory.resolve("bench-posts-" + posts + ".unfinished.jsonl");
    Files.deleteIfExists(unfinished);
    Community community = Community.builder().posts(posts).build();
    try (RecordStore store =
        Places.openStore(
            PlaceUri.parse(unfinished.toString()), StoreOptions.with(Quarantine.inMemory()))) {
      store.write(
          IntStream.range(0, posts).mapToObj(index -> withRaw(community.postAt(index))).iterator());
    }
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Post withRaw(Post post) {
    ObjectNode tweet = JSON.createObjectNode();
    tweet.put("id", post.id());
    tweet.put("text", post.text());
    tweet.put("author_id", post.author().id());
    tweet.put("created_at", String.valueOf(post.createdAt()));
    tweet.put("lang", post.language());
    tweet.put("conversation_id", post.conversationId());
    ObjectNode metrics = tweet.putObject("public_metrics");
    metrics.put("like_count", post.engagement().likes());
    metrics.put("retweet_count", post.engagement().reposts());
    metrics.put("reply_count", post.engagement().replies());
    return post.toBuilder().raw(tweet.toString()).build();
  }
}
