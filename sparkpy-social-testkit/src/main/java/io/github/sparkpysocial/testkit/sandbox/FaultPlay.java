package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets answers go wrong. Thread-safe. */
final class FaultPlay {
  private final Gate gate;
  private final Elsewhere elsewhere;
  private final PageMemory pages = new PageMemory();

  FaultPlay(Gate gate, Elsewhere elsewhere) {
    this.gate = gate;
    this.elsewhere = elsewhere;
  }

  /** Answers a request, with this fault if there is one. */
  LoopbackServer.Reply play(@Nullable Fault fault, Request request, NetworkApi api, Instant at) {
    String date = HttpDates.format(at);
    if (fault == null || fault.kind().isAboutStreams()) {
      Answer answer = api.answer(request);
      pages.keep(request, answer);
      return new LoopbackServer.Reply(answer, date, Delivery.WHOLE);
    }
    if (fault.kind().replacesAnswer()) {
      gate.blocked(api.network(), request.path(), api.key(request));
      return new LoopbackServer.Reply(
          instead(fault, request, api, at),
          fault.hint() == Fault.Hint.BARE ? "" : date,
          Delivery.WHOLE);
    }
    if (fault.kind() == Fault.Kind.NO_ANSWER && request.method().equals("GET")) {
      // Clients of HTTP ask again by themselves then (the JDK's does): that is no fault of theirs.
      return new LoopbackServer.Reply(null, date, Delivery.WHOLE);
    }
    Answer answer = api.answer(request);
    LoopbackServer.Reply reply = changed(fault, request, answer, at, date);
    pages.keep(request, answer);
    return reply;
  }

  private Answer instead(Fault fault, Request request, NetworkApi api, Instant at) {
    return switch (fault.kind()) {
      case LIMITED ->
          LimitSpelling.spell(api.limited(request, fault), fault, request, api.network(), at);
      case EXPIRED_TOKEN -> api.expired(request);
      case ELSEWHERE -> elsewhere.redirect(request, api.network());
      default -> api.failed(fault.status());
    };
  }

  private LoopbackServer.Reply changed(
      Fault fault, Request request, Answer answer, Instant at, String date) {
    int half = answer.body().length / 2;
    return switch (fault.kind()) {
      case NO_ANSWER -> new LoopbackServer.Reply(null, date, Delivery.WHOLE);
      case TRUNCATED -> new LoopbackServer.Reply(answer, date, Delivery.cutAfter(half));
      case STALLED -> new LoopbackServer.Reply(answer, date, Delivery.stalledAfter(half));
      case SLOW ->
          new LoopbackServer.Reply(
              answer, date, Delivery.inPieces(fault.number(), fault.duration()));
      case WRONG_LENGTH ->
          new LoopbackServer.Reply(answer, date, Delivery.lengthOff(fault.number()));
      case WRONG_DATE ->
          new LoopbackServer.Reply(
              LimitSpelling.shifted(answer, fault.duration()),
              HttpDates.format(at.plus(fault.duration())),
              Delivery.WHOLE);
      case NO_DATE -> new LoopbackServer.Reply(answer, "", Delivery.WHOLE);
      case MALFORMED ->
          new LoopbackServer.Reply(answer.withBody(broken(answer.body())), date, Delivery.WHOLE);
      default -> new LoopbackServer.Reply(rewritten(fault, request, answer), date, Delivery.WHOLE);
    };
  }

  private static byte[] broken(byte[] good) {
    byte[] body = good.clone();
    if (body.length > 0) {
      body[body.length - 1] = '!';
    }
    return body;
  }

  private Answer rewritten(Fault fault, Request request, Answer answer) {
    JsonNode body = answer.body().length == 0 ? null : Json.parse(answer.body());
    if (body == null) {
      return answer;
    }
    switch (fault.kind()) {
      case UNKNOWN_FIELD -> Drift.addNovelty(body);
      case MISSING_FIELD -> Drift.remove(body, fault.field());
      case CHANGED_TYPE -> Drift.retype(body, fault.field());
      case RENAMED_FIELD -> Drift.rename(body, fault.field(), fault.other());
      case DUPLICATE_ITEMS -> Drift.duplicate(body);
      case SHUFFLED_ITEMS -> Drift.shuffle(body);
      case REPEATED_PAGE -> {
        byte[] before = pages.before(request);
        JsonNode earlier = before == null ? null : Json.parse(before);
        if (earlier != null) {
          body = Drift.repeat(earlier, body);
        }
      }
      default -> throw new AssertionError(fault.kind());
    }
    return answer.withBody(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
