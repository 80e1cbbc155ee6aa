package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams of an instance, as server-sent events and over WebSockets. One post in seventeen is
 * sent as a draft first and edited when the next post happens; those that were deleted go then,
 * too.
 */
final class MastodonStreams {
  private static final String PATH = "/api/v1/streaming";
  private static final String KEEP_ALIVE = ":thump\n";

  private final Community community;
  private final Happened happened;
  private final MastodonJson json;

  MastodonStreams(Community community, Happened happened, MastodonJson json) {
    this.community = community;
    this.happened = happened;
    this.json = json;
  }

  boolean serves(String path) {
    return path.equals(PATH) || path.startsWith(PATH + '/');
  }

  Answer answer(Request request) {
    if (request.path().equals(PATH + "/health")) {
      return Answer.empty(200).with("content-type", "text/plain");
    }
    if (request.token() == null) {
      return error(401, "Missing access token");
    }
    boolean socket = request.path().equals(PATH);
    String name =
        socket
            ? String.valueOf(request.parameter("stream"))
            : request.path().substring(PATH.length() + 1).replace('/', ':');
    String tag = request.parameter("tag");
    Predicate<Post> wanted = wanted(name, tag);
    if (wanted == null) {
      return error(400, "Unknown stream type");
    }
    String key = "mastodon " + name + " of " + request.token();
    int from = happened.published();
    StreamBody body =
        happened.stream(
            key, from, KEEP_ALIVE, published -> texts(published, wanted, socket ? name : null));
    return socket
        ? Answer.webSocket(body)
        : Answer.stream(Map.of("content-type", "text/event-stream"), body);
  }

  private static Answer error(int status, String message) {
    return Answer.json(status, Json.object().put("error", message));
  }

  private static @Nullable Predicate<Post> wanted(String name, @Nullable String tag) {
    Predicate<Post> all =
        name.startsWith("hashtag")
            ? post ->
                post.kind() != Post.Kind.REPOST && MastodonApi.hasTag(post, String.valueOf(tag))
            : MastodonApi::isInPublic;
    return switch (name) {
      case "public", "hashtag" -> name.equals("hashtag") && tag == null ? null : all;
      case "public:local", "hashtag:local" -> all.and(MastodonJson::isLocal);
      case "public:remote" -> all.and(post -> !MastodonJson.isLocal(post));
      default -> null;
    };
  }

  private List<String> texts(int published, Predicate<Post> wanted, @Nullable String socket) {
    List<String> texts = new ArrayList<>();
    happened.tell(
        published,
        (index, again) -> {
          Post post = community.postAt(Network.MASTODON, index);
          if (!wanted.test(post)) {
            return;
          }
          boolean edited = MastodonJson.isEdited(post, index);
          if (!again) {
            ObjectNode status = edited ? json.draft(post, index) : json.status(post, index);
            texts.add(event("update", status.toString(), socket));
          } else if (community.isDeleted(post.id())) {
            texts.add(event("delete", Long.toString(MastodonJson.localId(post, index)), socket));
          } else if (edited) {
            texts.add(event("status.update", json.status(post, index).toString(), socket));
          }
        });
    return texts;
  }

  /** Over a WebSocket, the payload is a text within the message. */
  private static String event(String name, String payload, @Nullable String socket) {
    if (socket == null) {
      return "event: " + name + "\ndata: " + payload + "\n\n";
    }
    ObjectNode message = Json.object();
    message.putArray("stream").add(socket);
    return message.put("event", name).put("payload", payload).toString();
  }
}
