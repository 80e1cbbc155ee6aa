package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A request that X refuses, with its answer. */
final class XRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String PROBLEMS = "https://api.x.com/2/problems/";

  private final transient Answer answer;

  private XRefused(String message, Answer answer) {
    super(message);
    this.answer = answer;
  }

  /** Refuses a parameter. */
  static XRefused parameter(String name, @Nullable String value, String message) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putArray("errors").addObject();
    error.putObject("parameters").putArray(name).add(value == null ? "" : value);
    error.put("message", message);
    body.put("title", "Invalid Request");
    body.put("detail", "One or more parameters to your request was invalid.");
    body.put("type", type("invalid-request"));
    return new XRefused(message, Answer.json(400, body));
  }

  /** Refuses for another reason. */
  static XRefused problem(int status, String title, String detail, String type) {
    return new XRefused(detail, answer(status, title, detail, type));
  }

  /** Refuses with a problem that says more than usual. */
  static XRefused body(int status, ObjectNode body) {
    return new XRefused(body.path("detail").asText(), Answer.json(status, body));
  }

  /** Returns a problem as X describes it. */
  static Answer answer(int status, String title, String detail, String type) {
    return Answer.json(status, body(status, title, detail, type));
  }

  static ObjectNode body(int status, String title, String detail, String type) {
    return Json.object()
        .put("title", title)
        .put("detail", detail)
        .put("type", type)
        .put("status", status);
  }

  /** Returns the address of a kind of problem. */
  static String type(String name) {
    return PROBLEMS + name;
  }

  Answer answer() {
    return answer;
  }
}
