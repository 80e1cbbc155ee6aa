package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scripts of chaos as JSON. Fields that a script cannot have are refused, since they are typos. */
final class ChaosJson {
  private static final Set<String> CONDITIONS =
      Set.of("path", "fault", "skip", "every", "probability", "times", "from", "until");
  private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private ChaosJson() {}

  static Chaos read(String json) {
    JsonNode root = Json.parse(json.getBytes(StandardCharsets.UTF_8));
    if (root == null || !root.isObject() || !root.path("rules").isArray()) {
      throw new IllegalArgumentException(
          "A script of chaos is a JSON object such as {\"seed\": 42, \"rules\": [{\"path\":"
              + " \"/2/\", \"fault\": \"status\", \"status\": 503, \"every\": 5}]}");
    }
    refuseOthers(root, Set.of("seed", "rules"), "The script");
    List<ChaosRule> rules = new ArrayList<>();
    for (JsonNode rule : root.path("rules")) {
      String where = "Rule " + (rules.size() + 1);
      try {
        rules.add(rule(rule, where));
      } catch (IllegalArgumentException e) {
        String said = String.valueOf(e.getMessage());
        throw new IllegalArgumentException(said.startsWith(where) ? said : where + ": " + said, e);
      }
    }
    return new Chaos(root.path("seed").asLong(0), rules);
  }

  private static ChaosRule rule(JsonNode rule, String where) {
    FaultSpelling spelling = FaultSpelling.of(text(rule, "fault"));
    Set<String> known = new TreeSet<>(CONDITIONS);
    known.addAll(spelling.arguments());
    refuseOthers(rule, known, where);
    return new ChaosRule(
        text(rule, "path"),
        spelling.read(rule),
        number(rule, "skip", 0),
        number(rule, "every", 1),
        rule.has("probability") ? probability(rule.get("probability")) : 1,
        number(rule, "times", Integer.MAX_VALUE),
        rule.has("from") ? duration(rule, "from") : Duration.ZERO,
        rule.has("until") ? duration(rule, "until") : null);
  }

  private static void refuseOthers(JsonNode object, Set<String> known, String where) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException(
                    where + " has a field '" + name + "'; known are " + new TreeSet<>(known));
              }
            });
  }

  static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("the text '" + name + "' is missing");
    }
    return value.textValue();
  }

  static int number(JsonNode object, String name, @Nullable Integer absent) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() && absent != null) {
      return absent;
    }
    if (!value.isInt()) {
      throw new IllegalArgumentException("the whole number '" + name + "' is missing");
    }
    return value.intValue();
  }

  private static double probability(JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("'probability' is no number");
    }
    return value.doubleValue();
  }

  /** Reads {@code 30s}, {@code 500ms}, {@code 6h}, with a minus in front, or ISO-8601. */
  static Duration duration(JsonNode object, String name) {
    String text = text(object, name);
    boolean negative = text.startsWith("-");
    Matcher matcher = SHORT.matcher(negative ? text.substring(1) : text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      return negative ? duration.negated() : duration;
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + name + "' is a duration such as 30s, 500ms, 6h or PT30S, was '" + text + "'", e);
    }
  }

  static String write(Chaos chaos) {
    StringJoiner rules = new StringJoiner(",\n  ", "[\n  ", "]");
    rules.setEmptyValue("[]");
    chaos.rules().forEach(rule -> rules.add(write(rule).toString()));
    return String.format(Locale.ROOT, "{\"seed\": %d, \"rules\": %s}%n", chaos.seed(), rules);
  }

  private static ObjectNode write(ChaosRule rule) {
    ObjectNode json = Json.object().put("path", rule.path());
    FaultSpelling.of(rule.fault().name()).write(rule.fault(), json);
    if (rule.skip() > 0) {
      json.put("skip", rule.skip());
    }
    if (rule.every() > 1) {
      json.put("every", rule.every());
    }
    if (rule.probability() < 1) {
      json.put("probability", rule.probability());
    }
    if (rule.times() < Integer.MAX_VALUE) {
      json.put("times", rule.times());
    }
    if (!rule.from().isZero()) {
      json.put("from", rule.from().toString());
    }
    if (rule.until() != null) {
      json.put("until", rule.until().toString());
    }
    return json;
  }
}
