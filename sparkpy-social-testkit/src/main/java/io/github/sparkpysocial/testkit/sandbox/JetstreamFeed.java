package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jetstream in both dialects: posts and reposts as they are made, deletions when the next post
 * happens, now and then an identity and an account that goes to sleep. A cursor is a time in
 * microseconds, inclusive. Some apps give their posts the year 1.
 */
final class JetstreamFeed {
  static final String FIRST = "/subscribe";
  static final String SECOND = "/xrpc/network.bsky.jetstream.subscribeEvents";

  private final Community community;
  private final Happened happened;
  private final BlueskyJson json;

  JetstreamFeed(Community community, Happened happened, BlueskyJson json) {
    this.community = community;
    this.happened = happened;
    this.json = json;
  }

  static boolean serves(String path) {
    return path.equals(FIRST) || path.equals(SECOND);
  }

  Answer answer(Request request) {
    boolean second = request.path().equals(SECOND);
    Set<String> collections =
        Set.copyOf(request.parameters(second ? "collections" : "wantedCollections"));
    Set<String> dids = Set.copyOf(request.parameters(second ? "dids" : "wantedDids"));
    if (second && !request.parameters("wantedCollections").isEmpty()) {
      return BlueskySessions.error(400, "InvalidRequest", "unknown parameter wantedCollections");
    }
    String cursor = request.parameter("cursor");
    int from = cursor == null ? happened.published() : beginning(Long.parseLong(cursor));
    return Answer.webSocket(
        happened.stream(
            "jetstream", from, "", published -> texts(published, collections, dids, second)));
  }

  /** Returns the post of X with which what was written at a time happened. */
  private int beginning(long micros) {
    Instant at = Instant.ofEpochMilli(micros / 1_000);
    int before = community.writtenBefore(Network.X, at.plusMillis(1));
    return Math.max(0, Math.min(happened.published(), before - 1));
  }

  private List<String> texts(
      int published, Set<String> collections, Set<String> dids, boolean second) {
    List<String> texts = new ArrayList<>();
    Instant now = written(community.postAt(published));
    happened.tell(
        published,
        (index, again) -> {
          Post post = community.postAt(Network.BLUESKY, index);
          String did = String.valueOf(post.author().id());
          boolean repost = post.kind() == Post.Kind.REPOST;
          String collection = repost ? "app.bsky.feed.repost" : "app.bsky.feed.post";
          if (!dids.isEmpty() && !dids.contains(did)) {
            return;
          }
          if (!again && index % 50 == 7) {
            texts.add(identity(did, written(post), second));
            texts.add(asleep(did, written(post), second));
          }
          boolean wanted = collections.isEmpty() || collections.contains(collection);
          if (wanted && !again) {
            texts.add(commit(post, collection, record(post, index), written(post), second));
          } else if (wanted && community.isDeleted(post.id())) {
            texts.add(commit(post, collection, null, now, second));
          }
        });
    return texts;
  }

  private static Instant written(Post post) {
    return BlueskyJson.written(post);
  }

  private ObjectNode record(Post post, int index) {
    if (post.kind() == Post.Kind.REPOST) {
      return BlueskyJson.repost(post);
    }
    return index % 41 == 3 ? json.record(post, "0001-01-01T00:00:00Z") : json.record(post, index);
  }

  private static long micros(Instant at) {
    return at.toEpochMilli() * 1_000;
  }

  private static String commit(
      Post post, String collection, @Nullable ObjectNode record, Instant at, boolean second) {
    String did = String.valueOf(post.author().id());
    ObjectNode commit = Json.object();
    commit.put("rev", "3sandboxrev22");
    commit.put("operation", record == null ? "delete" : "create");
    commit.put("collection", collection);
    commit.put("rkey", post.id().substring(post.id().lastIndexOf('/') + 1));
    if (record != null) {
      commit.set("record", record);
      commit.put("cid", BlueskyJson.cid(post.id()));
    }
    return message("commit", did, at, commit, second);
  }

  private static String identity(String did, Instant at, boolean second) {
    ObjectNode identity = Json.object().put("did", did).put("handle", "handle.invalid");
    return message("identity", did, at, identity.put("time", at.toString()), second);
  }

  private static String asleep(String did, Instant at, boolean second) {
    ObjectNode account = Json.object().put("active", false).put("did", did);
    account.put("status", "deactivated").put("time", at.toString());
    return message("account", did, at, account, second);
  }

  private static String message(
      String kind, String did, Instant at, ObjectNode body, boolean second) {
    ObjectNode message = Json.object();
    if (second) {
      message.put("$type", "message");
      ObjectNode payload = message.putObject("payload");
      payload.put("$type", "network.bsky.jetstream.subscribeEvents#" + kind);
      payload.put("seq", micros(at));
      payload.put("did", did);
      payload.put("time", at.toString());
      payload.setAll(body);
    } else {
      message.put("did", did);
      message.put("time_us", micros(at));
      message.put("kind", kind);
      message.set(kind, body);
    }
    return message.toString();
  }
}
