package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Another host that answers are redirected to: the same server, called {@code localhost} instead of
 * by its number. Nobody's token belongs there. Thread-safe.
 */
final class Elsewhere {
  private static final String PREFIX = "/elsewhere/";

  private final IntSupplier port;
  private final Gate gate;

  Elsewhere(IntSupplier port, Gate gate) {
    this.port = port;
    this.gate = gate;
  }

  /** Returns whether a path belongs to it. */
  static boolean serves(String path) {
    return path.startsWith(PREFIX);
  }

  /** Returns the network that a request was meant for. */
  static Network network(Request request) {
    String rest = request.path().substring(PREFIX.length());
    int slash = rest.indexOf('/');
    String name = slash < 0 ? rest : rest.substring(0, slash);
    return name.matches("[a-z][a-z0-9-]{0,31}") ? Network.of(name) : Network.LOCAL;
  }

  Answer redirect(Request request, Network network) {
    return Answer.empty(307)
        .with(
            "location",
            "http://localhost:" + port.getAsInt() + PREFIX + network + request.encodedPath());
  }

  /** Answers with a page for people, and notes a violation if a credential came along. */
  Answer answer(Request request) {
    boolean credential =
        request.header("authorization") != null
            || request.header("cookie") != null
            || request.query().keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("token"));
    if (credential) {
      gate.note(network(request), request.path(), "brought a credential to another host");
    }
    return Answer.empty(200)
        .with("content-type", "text/html; charset=utf-8")
        .withBody(
            "<!doctype html><title>Sign in to this network</title>"
                .getBytes(StandardCharsets.UTF_8));
  }
}
