package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A fault by its name, with the arguments it has in a script.
 *
 * @param name the name
 * @param arguments the fields that it needs
 * @param reader makes the fault of an object that has them
 */
record FaultSpelling(String name, List<String> arguments, Function<JsonNode, Fault> reader) {
  private static final Map<String, FaultSpelling> ALL = new LinkedHashMap<>();

  static {
    String wait = "for";
    add("rate-limited", json -> Fault.rateLimited(ChaosJson.duration(json, wait)), wait);
    add("rate-limited-until", json -> Fault.rateLimitedUntil(ChaosJson.duration(json, wait)), wait);
    add("quota-used-up", json -> Fault.quotaUsedUp(ChaosJson.duration(json, wait)), wait);
    add("secondary-limit", json -> Fault.secondaryLimit(ChaosJson.duration(json, wait)), wait);
    add("graphql-limited", json -> Fault.graphQlLimited(ChaosJson.duration(json, wait)), wait);
    add("limited-by", json -> Fault.limitedBy());
    add("rate-limited-without-headers", json -> Fault.rateLimitedWithoutHeaders());
    add(
        "rate-limited-without-hint",
        json -> Fault.rateLimitedWithoutHint(ChaosJson.number(json, "status", null)),
        "status");
    add("status", json -> Fault.status(ChaosJson.number(json, "status", null)), "status");
    add("expired-token", json -> Fault.expiredToken());
    add("redirect-elsewhere", json -> Fault.redirectElsewhere());
    add("close-connection", json -> Fault.closeConnection());
    add("truncate-body", json -> Fault.truncateBody());
    add("stall-body", json -> Fault.stallBody());
    add(
        "slow-body",
        json ->
            Fault.slowBody(
                ChaosJson.number(json, "pieces", null), ChaosJson.duration(json, "pause")),
        "pieces",
        "pause");
    add("wrong-length", json -> Fault.wrongLength(ChaosJson.number(json, "bytes", null)), "bytes");
    add("wrong-date", json -> Fault.wrongDate(ChaosJson.duration(json, "ahead")), "ahead");
    add("no-date", json -> Fault.withoutDate());
    add("malformed-json", json -> Fault.malformedJson());
    add("unknown-field", json -> Fault.unknownField());
    add("missing-field", json -> Fault.missingField(ChaosJson.text(json, "field")), "field");
    add("changed-type", json -> Fault.changedType(ChaosJson.text(json, "field")), "field");
    add(
        "renamed-field",
        json -> Fault.renamedField(ChaosJson.text(json, "field"), ChaosJson.text(json, "to")),
        "field",
        "to");
    add("duplicate-items", json -> Fault.duplicateItems());
    add("shuffled-items", json -> Fault.shuffledItems());
    add("repeated-page", json -> Fault.repeatedPage());
    add("cut-streams", json -> Fault.cutStreams());
    add("stall-streams", json -> Fault.stallStreams());
    add("resume-streams", json -> Fault.resumeStreams());
  }

  private static void add(String name, Function<JsonNode, Fault> reader, String... arguments) {
    ALL.put(name, new FaultSpelling(name, List.of(arguments), reader));
  }

  /** Returns the names of all faults. */
  static Iterable<String> names() {
    return ALL.keySet();
  }

  static FaultSpelling of(String name) {
    FaultSpelling spelling = ALL.get(name);
    if (spelling == null) {
      throw new IllegalArgumentException(
          "there is no fault '" + name + "'; known are " + ALL.keySet());
    }
    return spelling;
  }

  Fault read(JsonNode json) {
    return reader.apply(json);
  }

  void write(Fault fault, ObjectNode json) {
    json.put("fault", name);
    for (String argument : arguments) {
      switch (argument) {
        case "status", "pieces", "bytes" -> json.put(argument, fault.number());
        case "field" -> json.put(argument, fault.field());
        case "to" -> json.put(argument, fault.other());
        default -> json.put(argument, fault.duration().toString());
      }
    }
  }
}
