package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the app's filtered stream: {@code /2/tweets/search/stream/rules}. They belong to the
 * app and stay until deleted; all programs with its token share them. A new rule takes effect after
 * some 20 seconds. Tags cannot be changed: delete the rule and add it anew. Thread-safe.
 */
public final class XRules {
  private static final String PATH = "/2/tweets/search/stream/rules";

  /** How many rules go in one request, to keep it small. */
  private static final int PART = 100;

  private final XApi api;

  XRules(XApi api) {
    this.api = api;
  }

  /**
   * A rule.
   *
   * @param id what X calls it, or {@code null} before it is added
   * @param value what posts have to match, at most 1,024 characters
   * @param tag a label of one's own, or {@code null}
   */
  public record Rule(@Nullable String id, String value, @Nullable String tag) {
    public Rule {
      if (value.isBlank()) {
        throw new IllegalArgumentException("A rule is empty");
      }
    }

    /** Returns a rule to be added, without a label. */
    public static Rule of(String value) {
      return new Rule(null, value, null);
    }
  }

  /** What became of a rule. */
  public enum Result {
    /** It is in force, or in a dry run would be. */
    CREATED,
    /** A rule with this value is there already; the outcome has its id. */
    DUPLICATE,
    /** X does not understand it; the outcome says what. */
    INVALID,
    /** The app may not have so many rules; delete others, or join some with OR. */
    CAP_REACHED,
    /** It is gone, or in a dry run would be. */
    DELETED,
    /** X refused for another reason, or said nothing of it. */
    REFUSED
  }

  /**
   * What became of a rule.
   *
   * @param rule the rule, with its id if X told it
   * @param result what became of it
   * @param said what X said of it, or {@code null}
   */
  public record Outcome(Rule rule, Result result, @Nullable String said) {
    public Outcome {
      Objects.requireNonNull(result, "result");
    }
  }

  /**
   * How many rules there are.
   *
   * @param used rules of this app
   * @param cap how many it may have
   */
  public record Room(long used, long cap) {}

  /** Returns all rules of the app. */
  public List<Rule> list() throws InterruptedException {
    List<Rule> rules = new ArrayList<>();
    String token = null;
    do {
      String at = token;
      JsonNode root =
          api.free(
                  PATH,
                  parameters -> parameters.with("max_results", 1_000).with("pagination_token", at))
              .root();
      for (JsonNode rule : root.path("data")) {
        rules.add(rule(rule));
      }
      token = Json.nonEmpty(root.path("meta"), "next_token");
      if (at != null && at.equals(token)) {
        throw new TransportException("X names a page of rules as its own successor");
      }
    } while (token != null);
    return List.copyOf(rules);
  }

  private static Rule rule(JsonNode rule) {
    return new Rule(
        Json.nonEmpty(rule, "id"), Json.required(rule, "value"), Json.nonEmpty(rule, "tag"));
  }

  /** Returns how many rules the app has and may have. */
  public Room room() throws InterruptedException {
    JsonNode data = api.free(PATH + "/counts", parameters -> parameters).root().path("data");
    return new Room(
        data.path("client_app_rules_count").path("rule_count").asLong(),
        data.path("cap_per_client_app").asLong());
  }

  /** Adds rules and returns what became of each, in their order. Others stay as they are. */
  public List<Outcome> add(Collection<Rule> rules) throws InterruptedException {
    return add(rules, false);
  }

  /** Returns what would become of each rule if it were added; changes nothing. */
  public List<Outcome> tryOut(Collection<Rule> rules) throws InterruptedException {
    return add(rules, true);
  }

  private List<Outcome> add(Collection<Rule> rules, boolean dry) throws InterruptedException {
    List<Rule> all = List.copyOf(rules);
    List<Outcome> outcomes = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PART) {
      List<Rule> part = all.subList(from, Math.min(all.size(), from + PART));
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode add = body.putArray("add");
      for (Rule rule : part) {
        ObjectNode item = add.addObject().put("value", rule.value());
        if (rule.tag() != null) {
          item.put("tag", rule.tag());
        }
      }
      outcomes.addAll(added(part, change(body, dry)));
    }
    return List.copyOf(outcomes);
  }

  /** A rule that X names neither among the data nor among the errors was refused with the rest. */
  private static List<Outcome> added(List<Rule> part, JsonNode answer) {
    Map<String, Outcome> byValue = new LinkedHashMap<>();
    for (JsonNode created : answer.path("data")) {
      Rule rule = rule(created);
      byValue.put(rule.value(), new Outcome(rule, Result.CREATED, null));
    }
    for (JsonNode error : answer.path("errors")) {
      String value = error.path("value").asText("");
      Rule rule = find(part, value);
      if (rule != null && !byValue.containsKey(value)) {
        byValue.put(
            value,
            new Outcome(
                new Rule(Json.nonEmpty(error, "id"), value, rule.tag()),
                result(error),
                said(error)));
      }
    }
    Result rest = answer.has("type") ? result(answer) : Result.REFUSED;
    String reason = answer.has("type") ? said(answer) : null;
    return part.stream()
        .map(rule -> byValue.getOrDefault(rule.value(), new Outcome(rule, rest, reason)))
        .toList();
  }

  private static @Nullable Rule find(List<Rule> part, String value) {
    return part.stream().filter(rule -> rule.value().equals(value)).findFirst().orElse(null);
  }

  private static Result result(JsonNode problem) {
    return switch (XProblem.of(problem).type()) {
      case "duplicate-rules" -> Result.DUPLICATE;
      case "invalid-rules" -> Result.INVALID;
      case "rule-cap" -> Result.CAP_REACHED;
      default -> Result.REFUSED;
    };
  }

  private static String said(JsonNode problem) {
    List<String> said = new ArrayList<>();
    problem.path("details").forEach(detail -> said.add(detail.asText()));
    String detail = problem.path("detail").asText("");
    if (said.isEmpty()) {
      said.add(detail.isEmpty() ? problem.path("title").asText("no reason given") : detail);
    }
    return String.join("; ", said);
  }

  /**
   * Deletes rules by their ids and returns what became of each.
   *
   * @throws IllegalArgumentException if one is no id
   */
  public List<Outcome> delete(Collection<Rule> rules) throws InterruptedException {
    List<Rule> all = List.copyOf(rules);
    List<Outcome> outcomes = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PART) {
      List<Rule> part = all.subList(from, Math.min(all.size(), from + PART));
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode ids = body.putObject("delete").putArray("ids");
      for (Rule rule : part) {
        if (rule.id() == null) {
          throw new IllegalArgumentException(
              "A rule without id cannot be deleted; take it from list()");
        }
        ids.add(rule.id());
      }
      JsonNode answer = change(body, false);
      Map<String, String> refused = new LinkedHashMap<>();
      for (JsonNode error : answer.path("errors")) {
        refused.put(error.path("value").asText(error.path("id").asText("")), said(error));
      }
      boolean told = answer.path("meta").path("summary").has("deleted");
      for (Rule rule : part) {
        String said = refused.get(rule.id());
        boolean gone = said == null && told;
        outcomes.add(new Outcome(rule, gone ? Result.DELETED : Result.REFUSED, said));
      }
    }
    return List.copyOf(outcomes);
  }

  /** Sends a change; a refusal that is about rules is an answer, too. */
  private JsonNode change(ObjectNode body, boolean dry) throws InterruptedException {
    UnaryOperator<Query> parameters = query -> query.with("dry_run", dry ? "true" : null);
    XApi.Changed changed = api.change("POST", PATH, parameters, body);
    if (changed.response().isSuccess()) {
      return JsonDocument.of(changed.response()).root();
    }
    int status = changed.response().status();
    if (status == 400 || status == 409 || status == 422) {
      JsonNode answer = JsonDocument.of(changed.response()).root();
      boolean ofRules =
          result(answer) != Result.REFUSED
              || (answer.path("errors").size() > 0
                  && result(answer.path("errors").get(0)) != Result.REFUSED);
      if (ofRules) {
        return answer;
      }
    }
    throw XErrors.of(changed.request(), changed.response());
  }
}
