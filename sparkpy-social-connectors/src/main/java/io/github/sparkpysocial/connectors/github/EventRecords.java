package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Times;
import io.github.sparkpysocial.text.TextEntities;
import java.time.Instant;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes one record of each event, be it from the API or from an archive, in the schema of today or
 * of before 2015 (<a
 * href="https://docs.github.com/rest/using-the-rest-api/github-event-types">GitHub event types</a>,
 * <a href="https://github.com/igrigorik/gharchive.org/issues/86">GH Archive's change of
 * schema</a>):
 *
 * <ul>
 *   <li>a star and a fork have the ids that they have in their own listings
 *   <li>a push counts its commits and quotes their messages, as far as it tells them; since October
 *       2025 it does not
 *   <li>what is written (issues, comments, reviews, releases) is a post, while its text is told
 *   <li>everything else is an interaction of type {@code OTHER} that names event and action
 * </ul>
 *
 * <p>The raw JSON is the whole event each time.
 */
final class EventRecords {
  private static final Set<String> KNOWN_TYPES =
      Set.of(
          "CommitCommentEvent",
          "CreateEvent",
          "DeleteEvent",
          "DiscussionEvent",
          "DownloadEvent",
          "FollowEvent",
          "ForkApplyEvent",
          "ForkEvent",
          "GistEvent",
          "GollumEvent",
          "IssueCommentEvent",
          "IssuesEvent",
          "MemberEvent",
          "PublicEvent",
          "PullRequestEvent",
          "PullRequestReviewCommentEvent",
          "PullRequestReviewEvent",
          "PullRequestReviewThreadEvent",
          "PushEvent",
          "ReleaseEvent",
          "SponsorshipEvent",
          "TeamAddEvent",
          "WatchEvent");

  private final Provenance provenance;

  EventRecords(Provenance provenance) {
    this.provenance = provenance;
  }

  /** Returns whether events of this type are documented. */
  static boolean isKnown(String type) {
    return KNOWN_TYPES.contains(type);
  }

  /** Returns whether an event is of the schema before 2015. */
  static boolean isOld(JsonNode event) {
    return event.path("actor").isTextual();
  }

  /** An event with what both schemas tell. */
  private record Event(
      String type,
      String id,
      AccountRef actor,
      @Nullable String repositoryId,
      @Nullable String repositoryName,
      @Nullable Instant at,
      @Nullable String url,
      JsonNode payload,
      String raw) {

    String action() {
      return payload.path("action").asText("");
    }

    /** Returns an object of the payload, or {@code null} if only its id or nothing is told. */
    @Nullable JsonNode object(String name) {
      JsonNode object = payload.path(name);
      return object.isObject() ? object : null;
    }
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it lacks what every event has
   */
  SocialRecord read(JsonNode json, String raw) {
    Event event = isOld(json) ? old(json, raw) : today(json, raw);
    return switch (event.type()) {
      case "WatchEvent" -> star(event);
      case "ForkEvent" -> fork(event);
      case "PushEvent" -> push(event);
      case "FollowEvent" -> follow(event);
      case "IssuesEvent" -> opened(event, "issue");
      case "PullRequestEvent" -> opened(event, "pull_request");
      case "IssueCommentEvent" -> comment(event, "issue-comment", "issue");
      case "PullRequestReviewCommentEvent" -> comment(event, "review-comment", "pull_request");
      case "CommitCommentEvent" -> comment(event, "commit-comment", null);
      case "PullRequestReviewEvent" -> review(event);
      case "ReleaseEvent" -> release(event);
      default -> other(event);
    };
  }

  private static Event today(JsonNode json, String raw) {
    JsonNode actor = json.path("actor");
    JsonNode repo = json.path("repo");
    return new Event(
        Json.required(json, "type"),
        Json.required(json, "id"),
        new AccountRef(Json.nonEmpty(actor, "id"), Json.nonEmpty(actor, "login"), null),
        Json.nonEmpty(repo, "id"),
        Json.nonEmpty(repo, "name"),
        Json.time(json, "created_at"),
        null,
        json.path("payload"),
        raw);
  }

  /** Old events have no id; one that stands twice in an archive is the same text twice. */
  private static Event old(JsonNode json, String raw) {
    String login = Json.required(json, "actor");
    String name = Json.nonEmpty(json.path("actor_attributes"), "name");
    String when = Json.required(json, "created_at");
    Instant at = Times.parse(when.replace('/', '-'));
    if (at == null) {
      throw new IllegalArgumentException("The field 'created_at' is not a time");
    }
    JsonNode repository = json.path("repository");
    return new Event(
        Json.required(json, "type"),
        GitHubRecords.digest(raw),
        new AccountRef(null, login, name),
        Json.nonEmpty(repository, "id"),
        oldName(repository),
        at,
        Json.nonEmpty(json, "url"),
        json.path("payload"),
        raw);
  }

  private static @Nullable String oldName(JsonNode repository) {
    String url = Json.nonEmpty(repository, "url");
    if (url != null && url.startsWith("https://github.com/")) {
      return url.substring("https://github.com/".length());
    }
    String name = Json.nonEmpty(repository, "name");
    String organization = Json.nonEmpty(repository, "organization");
    String owner = organization == null ? Json.nonEmpty(repository, "owner") : organization;
    return name == null || owner == null ? name : owner + '/' + name;
  }

  private Interaction star(Event event) {
    boolean identified = event.actor().id() != null && event.repositoryId() != null;
    String id =
        identified
            ? GitHubRecords.starId(event.actor(), String.valueOf(event.repositoryId()))
            : "event/" + event.id();
    return on(event, id, Interaction.Type.STAR).build();
  }

  private Interaction fork(Event event) {
    JsonNode fork = event.object("forkee");
    String forkId = fork == null ? null : Json.nonEmpty(fork, "id");
    String id =
        forkId == null || event.repositoryId() == null
            ? "event/" + event.id()
            : GitHubRecords.forkId(forkId, event.repositoryId());
    return on(event, id, Interaction.Type.FORK)
        .url(fork == null ? event.url() : Json.nonEmpty(fork, "html_url"))
        .build();
  }

  private Interaction push(Event event) {
    JsonNode commits = event.payload().path("commits");
    StringJoiner messages = new StringJoiner("\n");
    commits.forEach(commit -> messages.add(commit.path("message").asText("")));
    event.payload().path("shas").forEach(commit -> messages.add(commit.path(2).asText("")));
    Long size = Json.number(event.payload(), "size");
    String head = Json.nonEmpty(event.payload(), "head");
    return on(event, "event/" + event.id(), Interaction.Type.PUSH)
        .count(size == null && commits.isArray() ? Long.valueOf(commits.size()) : size)
        .text(messages.length() == 0 ? null : messages.toString())
        .url(
            event.url() != null || head == null || event.repositoryName() == null
                ? event.url()
                : "https://github.com/" + event.repositoryName() + "/commit/" + head)
        .build();
  }

  private Interaction follow(Event event) {
    JsonNode target = event.payload().path("target");
    return on(event, "event/" + event.id(), Interaction.Type.FOLLOW)
        .targetKind(RecordKind.ACCOUNT)
        .targetId(Json.nonEmpty(target, "id"))
        .targetName(Json.nonEmpty(target, "login"))
        .build();
  }

  /** What is opened is a post; what is closed, labelled and so on was one already. */
  private SocialRecord opened(Event event, String what) {
    JsonNode object = event.object(what);
    String title = object == null ? null : Json.nonEmpty(object, "title");
    if (object == null || title == null || !event.action().equals("opened")) {
      return other(event);
    }
    return post(event, idOf(what, object), titled(title, Json.nonEmpty(object, "body")), object)
        .build();
  }

  private SocialRecord comment(Event event, String kind, @Nullable String answered) {
    JsonNode comment = event.object("comment");
    String body = comment == null ? null : Json.text(comment, "body");
    if (comment == null || body == null) {
      return other(event);
    }
    String id = kind + '/' + Json.required(comment, "id");
    if (event.action().equals("deleted")) {
      return new Tombstone(
          Network.GITHUB,
          id,
          RecordKind.POST,
          Json.nonEmpty(comment.path("user"), "id"),
          event.at(),
          provenance,
          event.raw());
    }
    return answering(post(event, id, body, comment), event, answered).build();
  }

  private SocialRecord review(Event event) {
    JsonNode review = event.object("review");
    String body = review == null ? null : Json.nonEmpty(review, "body");
    return review == null || body == null
        ? other(event)
        : answering(
                post(event, "review/" + Json.required(review, "id"), body, review),
                event,
                "pull_request")
            .build();
  }

  private SocialRecord release(Event event) {
    JsonNode release = event.object("release");
    if (release == null || !event.action().equals("published")) {
      return other(event);
    }
    String name = Json.nonEmpty(release, "name");
    String tag = Json.nonEmpty(release, "tag_name");
    String title = name == null ? tag : name;
    return title == null
        ? other(event)
        : post(
                event,
                "release/" + Json.required(release, "id"),
                titled(title, Json.nonEmpty(release, "body")),
                release)
            .build();
  }

  private static String titled(String title, @Nullable String body) {
    return body == null ? title : title + "\n\n" + body;
  }

  private static String idOf(String what, JsonNode object) {
    return (what.equals("issue") ? "issue/" : "pull/") + Json.required(object, "id");
  }

  private static Post.Builder answering(Post.Builder post, Event event, @Nullable String answered) {
    JsonNode target = answered == null ? null : event.object(answered);
    if (answered == null || target == null || Json.nonEmpty(target, "id") == null) {
      return post;
    }
    return post.kind(Post.Kind.REPLY)
        .inReplyToId(idOf(answered, target))
        .inReplyToAuthorId(Json.nonEmpty(target.path("user"), "id"))
        .conversationId(idOf(answered, target));
  }

  private Post.Builder post(Event event, String id, String text, JsonNode object) {
    JsonNode user = object.path(object.has("user") ? "user" : "author");
    AccountRef author =
        new AccountRef(Json.nonEmpty(user, "id"), Json.nonEmpty(user, "login"), null);
    return Post.builder(Network.GITHUB, id, text)
        .kind(Post.Kind.ORIGINAL)
        .author(author.id() == null ? event.actor() : author)
        .createdAt(event.at())
        .entities(TextEntities.extract(text))
        .url(Json.nonEmpty(object, "html_url"))
        .provenance(provenance)
        .raw(event.raw());
  }

  private Interaction other(Event event) {
    String action = event.action();
    return on(event, "event/" + event.id(), Interaction.Type.OTHER)
        .status(action.isEmpty() ? event.type() : event.type() + ' ' + action)
        .build();
  }

  private Interaction.Builder on(Event event, String id, Interaction.Type type) {
    boolean hasTarget = event.repositoryId() != null || event.repositoryName() != null;
    return Interaction.builder(Network.GITHUB, id, type)
        .actor(event.actor())
        .targetKind(hasTarget ? RecordKind.REPOSITORY : null)
        .targetId(event.repositoryId())
        .targetName(event.repositoryName())
        .createdAt(event.at())
        .url(event.url())
        .provenance(provenance)
        .raw(event.raw());
  }
}
