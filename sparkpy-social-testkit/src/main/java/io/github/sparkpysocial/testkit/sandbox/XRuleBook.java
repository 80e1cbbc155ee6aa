package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Post;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the filtered stream, of each app its own. Source: the guide on rules of the filtered
 * stream and OpenAPI 2.167. Thread-safe.
 */
final class XRuleBook {
  private static final int LONGEST_RULE = 1_024;

  private final XCommunity community;
  private final int mostRules;
  private final Map<String, Map<String, Rule>> books = new HashMap<>();
  private long lastId = 1_900_000_000_000_000_000L;

  XRuleBook(XCommunity community, int mostRules) {
    this.community = community;
    this.mostRules = mostRules;
  }

  /** A rule of an app. */
  record Rule(String id, String value, @Nullable String tag, Predicate<Post> matches) {
    ObjectNode json() {
      ObjectNode json = Json.object().put("id", id).put("value", value);
      if (tag != null) {
        json.put("tag", tag);
      }
      return json;
    }
  }

  /** Returns the rules of an app as they are now. */
  synchronized List<Rule> of(String token) {
    return List.copyOf(books.getOrDefault(token, Map.of()).values());
  }

  private Map<String, Rule> book(String token) {
    return books.computeIfAbsent(token, t -> new LinkedHashMap<>());
  }

  synchronized Answer list(Request request, String token) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(Set.of("ids", "max_results", "pagination_token"));
    int size = parameters.number("max_results", 1_000, 1, 1_000);
    Set<String> ids =
        parameters.text("ids") == null
            ? Set.of()
            : parameters.listed("ids", 1_000, "^[0-9]{1,19}$");
    XPageToken page = XPageToken.read(parameters, "rules");
    List<Rule> all =
        of(token).stream().filter(rule -> ids.isEmpty() || ids.contains(rule.id())).toList();
    int from = page.before() == Integer.MAX_VALUE ? 0 : page.before();
    int to = Math.min(all.size(), from + size);
    ObjectNode body = Json.object();
    if (from < to) {
      ArrayNode data = body.putArray("data");
      all.subList(from, to).forEach(rule -> data.add(rule.json()));
    }
    ObjectNode meta = body.putObject("meta");
    meta.put("sent", XObjects.time(community.now()));
    meta.put("result_count", Math.max(0, to - from));
    if (to < all.size()) {
      meta.put("next_token", page.next(to, "rules"));
    }
    return Answer.json(200, body);
  }

  synchronized Answer counts(Request request, String token) throws XRefused {
    new XParameters(request).check(Set.of("rules_count.fields"));
    String count = Integer.toString(of(token).size());
    ObjectNode body = Json.object();
    ObjectNode data = body.putObject("data");
    data.put("cap_per_client_app", Integer.toString(mostRules));
    data.put("cap_per_project", Integer.toString(mostRules));
    data.put("project_rules_count", count);
    data.putObject("client_app_rules_count")
        .put("client_app_id", "1")
        .put("rule_count", of(token).size());
    return Answer.json(200, body);
  }

  synchronized Answer change(Request request, String token) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(Set.of("dry_run", "delete_all"));
    boolean dry = parameters.flag("dry_run");
    JsonNode asked = Json.parse(request.body());
    if (asked == null || asked.has("add") == asked.has("delete")) {
      throw XRefused.problem(
          400,
          "Invalid Request",
          "The body has either `add` or `delete`",
          XRefused.type("invalid-request"));
    }
    return asked.has("add")
        ? add(asked.path("add"), token, dry)
        : delete(asked.path("delete"), token, dry);
  }

  private Answer add(JsonNode wanted, String token, boolean dry) throws XRefused {
    Map<String, Rule> book = dry ? new LinkedHashMap<>(book(token)) : book(token);
    if (book.size() + wanted.size() > mostRules) {
      throw XRefused.problem(
          422,
          "RulesCapExceeded",
          "Your app has " + book.size() + " rules and may have " + mostRules,
          XRefused.type("rule-cap"));
    }
    ArrayNode created = Json.array();
    ArrayNode errors = Json.array();
    int invalid = 0;
    for (JsonNode item : wanted) {
      String value = item.path("value").asText();
      String tag = item.has("tag") ? item.path("tag").asText() : null;
      Rule same =
          book.values().stream().filter(rule -> rule.value.equals(value)).findFirst().orElse(null);
      if (same != null) {
        errors.add(
            Json.object()
                .put("value", value)
                .put("id", same.id)
                .put("title", "DuplicateRule")
                .put("type", XRefused.type("duplicate-rules")));
        continue;
      }
      try {
        if (value.codePointCount(0, value.length()) > LONGEST_RULE) {
          throw new XQuery.Refused("Rule is longer than " + LONGEST_RULE + " characters");
        }
        Predicate<Post> matches = XQuery.parseRule(value);
        lastId += 4_096;
        Rule rule = new Rule(Long.toString(lastId), value, tag, matches);
        book.put(rule.id, rule);
        created.add(rule.json());
      } catch (XQuery.Refused e) {
        invalid++;
        ObjectNode error = Json.object().put("value", value);
        error.putArray("details").add(e.getMessage());
        errors.add(
            error.put("title", "UnprocessableEntity").put("type", XRefused.type("invalid-rules")));
      }
    }
    ObjectNode body = Json.object();
    if (!created.isEmpty()) {
      body.set("data", created);
    }
    ObjectNode summary = meta(body);
    summary.put("created", created.size());
    summary.put("not_created", errors.size());
    summary.put("valid", wanted.size() - invalid);
    summary.put("invalid", invalid);
    if (!errors.isEmpty()) {
      body.set("errors", errors);
    }
    return Answer.json(200, body);
  }

  private ObjectNode meta(ObjectNode body) {
    return body.putObject("meta").put("sent", XObjects.time(community.now())).putObject("summary");
  }

  private Answer delete(JsonNode wanted, String token, boolean dry) {
    Map<String, Rule> book = dry ? new LinkedHashMap<>(book(token)) : book(token);
    List<String> ids = new ArrayList<>();
    wanted.path("ids").forEach(id -> ids.add(id.asText()));
    for (JsonNode value : wanted.path("values")) {
      book.values().stream()
          .filter(rule -> rule.value.equals(value.asText()))
          .findFirst()
          .ifPresentOrElse(rule -> ids.add(rule.id), () -> ids.add(value.asText()));
    }
    int deleted = 0;
    ArrayNode errors = Json.array();
    for (String id : ids) {
      if (book.remove(id) != null) {
        deleted++;
      } else {
        ObjectNode error = Json.object();
        error.putArray("errors").addObject().put("message", "Rule does not exist");
        errors.add(
            error
                .put("title", "Invalid Request")
                .put("detail", "Rule does not exist: [" + id + "]")
                .put("value", id)
                .put("type", XRefused.type("invalid-request")));
      }
    }
    ObjectNode body = Json.object();
    meta(body).put("deleted", deleted).put("not_deleted", errors.size());
    if (!errors.isEmpty()) {
      body.set("errors", errors);
    }
    return Answer.json(200, body);
  }
}
