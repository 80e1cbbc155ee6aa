package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Post;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Posts by id, users by name, and the posts of a user, in X API v2. */
final class XLookups {
  private static final String NAME = "^[A-Za-z0-9_]{1,15}$";
  private static final String ID = "^[0-9]{1,19}$";

  /** A timeline ends with so many posts, or so many if replies are left out. */
  private static final int LONGEST_TIMELINE = 3_200;

  private static final int LONGEST_WITHOUT_REPLIES = 800;

  private final XCommunity community;
  private final XObjects objects;

  XLookups(XCommunity community, XObjects objects) {
    this.community = community;
    this.objects = objects;
  }

  Answer posts(Request request) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(XSelection.parametersOfPosts(objects.dialect(), Set.of("ids")));
    Set<String> ids = parameters.listed("ids", 100, ID);
    XSelection selection = XSelection.ofPosts(parameters, objects.dialect());
    List<Post> found = new ArrayList<>();
    ArrayNode errors = Json.array();
    for (String id : ids) {
      Optional<Post> post = community.there(id);
      String author = post.map(p -> p.author().handle()).orElse(null);
      if (post.isEmpty()) {
        errors.add(objects.notFound(id, "ids"));
      } else if (community.isSuspended(author)) {
        errors.add(objects.suspended(id, objects.dialect().name("tweet"), "ids"));
      } else if (community.isProtected(author)) {
        errors.add(objects.notAuthorized(id));
      } else {
        found.add(post.get());
      }
    }
    ObjectNode body = Json.object();
    objects.page(body, found, selection);
    return Answer.json(200, withErrors(body, errors));
  }

  private static ObjectNode withErrors(ObjectNode body, ArrayNode errors) {
    if (!errors.isEmpty()) {
      if (body.get("errors") instanceof ArrayNode more) {
        errors.addAll(more);
      }
      body.set("errors", errors);
    }
    return body;
  }

  Answer users(Request request) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(XSelection.parametersOfUsers(objects.dialect(), Set.of("usernames")));
    Set<String> names = parameters.listed("usernames", 100, NAME);
    XSelection selection = XSelection.ofUsers(parameters, objects.dialect());
    ObjectNode body = Json.object();
    ArrayNode data = Json.array();
    ArrayNode errors = Json.array();
    for (String name : names) {
      Account account = community.named(name);
      if (account == null) {
        errors.add(objects.noUser(name, "usernames"));
      } else if (community.isSuspended(name)) {
        errors.add(objects.suspended(name, "user", "usernames"));
      } else {
        data.add(objects.json(account, selection));
      }
    }
    if (!data.isEmpty()) {
      body.set("data", data);
    }
    return Answer.json(200, withErrors(body, errors));
  }

  Answer user(Request request, String name) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(XSelection.parametersOfUsers(objects.dialect(), Set.of()));
    XSelection selection = XSelection.ofUsers(parameters, objects.dialect());
    if (!name.matches(NAME)) {
      throw XRefused.parameter("username", name, "The `username` does not match " + NAME);
    }
    Account account = community.named(name);
    ObjectNode body = Json.object();
    if (account == null) {
      body.putArray("errors").add(objects.noUser(name, "username"));
    } else if (community.isSuspended(name)) {
      body.putArray("errors").add(objects.suspended(name, "user", "username"));
    } else {
      body.set("data", objects.json(account, selection));
    }
    return Answer.json(200, body);
  }

  Answer timeline(Request request, String userId) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(
        XSelection.parametersOfPosts(
            objects.dialect(),
            Set.of(
                "max_results",
                "pagination_token",
                "start_time",
                "end_time",
                "since_id",
                "until_id",
                "exclude")));
    XSelection selection = XSelection.ofPosts(parameters, objects.dialect());
    Set<String> left =
        parameters.text("exclude") == null
            ? Set.of()
            : parameters.listed("exclude", 2, "replies|retweets");
    Account account = community.user(userId);
    ObjectNode body = Json.object();
    if (account == null || community.isSuspended(account.handle())) {
      body.putArray("errors").add(objects.noUser(userId, "id"));
      return Answer.json(200, body);
    }
    if (community.isProtected(account.handle())) {
      body.putArray("errors").add(objects.notAuthorized(userId, "user", "id"));
      return Answer.json(200, body);
    }
    int size = parameters.number("max_results", 10, 5, 100);
    Instant start = parameters.time("start_time");
    Instant end = parameters.time("end_time");
    long since = parameters.id("since_id", Long.MIN_VALUE);
    long until = parameters.id("until_id", Long.MAX_VALUE);
    String listing = "timeline " + userId + left;
    XPageToken token = XPageToken.read(parameters, listing);
    int most = left.contains("replies") ? LONGEST_WITHOUT_REPLIES : LONGEST_TIMELINE;
    List<Post> found = new ArrayList<>();
    int seen = 0;
    int next = -1;
    for (int index = community.happened() - 1; index >= 0 && seen < most; index--) {
      Post post = community.postAt(index);
      if (!userId.equals(post.author().id())
          || !community.isVisible(post)
          || (left.contains("replies") && post.kind() == Post.Kind.REPLY)
          || (left.contains("retweets") && post.kind() == Post.Kind.REPOST)) {
        continue;
      }
      seen++;
      long id = Long.parseLong(post.id());
      if (index < token.before() && id > since && id < until && isWithin(post, start, end)) {
        if (found.size() == size) {
          next = index + 1;
          break;
        }
        found.add(post);
      }
    }
    objects.page(body, found, selection);
    XSearch.putMeta(body, found, next < 0 ? "" : token.next(next, listing));
    return Answer.json(200, body);
  }

  private static boolean isWithin(Post post, @Nullable Instant start, @Nullable Instant end) {
    Instant at = XCommunity.createdAt(post);
    return (start == null || !at.isBefore(start)) && (end == null || at.isBefore(end));
  }
}
