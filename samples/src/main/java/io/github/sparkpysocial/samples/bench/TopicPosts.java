package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of generated posts, each with what it is about. */
final class TopicPosts {
  private TopicPosts() {}

  /**
   * Returns a file of JSON Lines with id, text, language and topic, the same ones each time; one
   * that a run before has left in the directory is taken again. Posts are made one by one.
   */
  static Path file(Path directory, int posts) throws IOException {
    Path file = directory.resolve("bench-topics-" + posts + ".jsonl");
    if (Files.exists(file)) {
      return file;
    }
    Files.createDirectories(directory);
    Path unfinished = directory.resolve("bench-topics-" + posts + ".unfinished.jsonl");
    Community community = Community.builder().posts(posts).build();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished));
        JsonGenerator json = new ObjectMapper().createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (int i = 0; i < posts; i++) {
        Post post = community.postAt(i);
        json.writeStartObject();
        json.writeStringField("id", post.id());
        json.writeStringField("text", post.text());
        json.writeStringField("language", post.language());
        json.writeStringField("topic", community.topicOf(post.id()));
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
