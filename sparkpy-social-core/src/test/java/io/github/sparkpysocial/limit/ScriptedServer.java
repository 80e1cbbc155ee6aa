package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server with limits of all kinds, made up from a seed. It knows what it forbids and until when,
 * counts each request that was sent although the client had been told, and can be asked for the
 * truth.
 */
final class ScriptedServer implements HttpTransport {
  /** What its clock and its {@code Date} do. */
  enum Clock {
    STEADY,
    /** Half of the answers have no {@code Date}. */
    GAPS,
    /** {@code Date} stands still after a while. */
    STANDS,
    /** The clock is set back by six hours half way. */
    SET_BACK,
    /** The clock is set forward by six hours half way. */
    SET_FORWARD,
    /** There is never a {@code Date}; the clocks agree, or nothing depends on them. */
    ABSENT
  }

  /** How a refusal is told that no window explains. */
  enum Secondary {
    RETRY_AFTER_429,
    RETRY_AFTER_403,
    RETRY_AFTER_DATE,
    ERRORS_IN_200,
    /** Words in the body alone; a minute is expected, and it is for the whole server. */
    WORDS,
    /** A header that says only that there is a limit. */
    LIMITED_BY,
    /** No limit at all: the server fails. */
    FAILS
  }

  /** A window that is told in headers. */
  record Announced(String name, int limit, Duration length) {}

  private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
  private static final Duration HINTLESS = Duration.ofSeconds(60);
  private static final Duration SIX_HOURS = Duration.ofHours(6);

  final ResetEncoding encoding;
  final Clock clock;
  final List<Announced> windows = new ArrayList<>();
  final @Nullable Quota perSecond;
  final int credentials;
  private final Timing timing;
  private final Random random;
  private final int requestsPlanned;
  private final boolean roundsUp;
  private final Map<Integer, Secondary> script = new HashMap<>();
  private final Map<String, Window> state = new TreeMap<>();
  private final Map<String, Forbidden> forbidden = new HashMap<>();
  private final Map<String, List<Span>> closed = new HashMap<>();
  private Duration skew;
  private @Nullable String standing;
  int requests;
  int refusals;
  final List<String> violations = new ArrayList<>();

  private static final class Window {
    private Instant resetsAt = Instant.MIN;
    private int used;
  }

  /** Until when something is forbidden, and from when the client knows. */
  private record Forbidden(Instant until, Instant knownFrom) {}

  private record Span(Instant from, Instant until) {}

  ScriptedServer(long seed, int requestsPlanned, Timing timing) {
    this.timing = timing;
    this.random = new Random(seed);
    this.requestsPlanned = requestsPlanned;
    this.encoding = any(List.of(ResetEncoding.values()));
    Clock drawn = any(List.of(Clock.values()));
    this.clock = drawn;
    Duration drawnSkew = SIX_HOURS.multipliedBy(random.nextInt(3) - 1);
    boolean dependsOnClock = encoding != ResetEncoding.RELATIVE_SECONDS;
    this.skew = drawn == Clock.ABSENT && dependsOnClock ? Duration.ZERO : drawnSkew;
    this.roundsUp = random.nextBoolean();
    this.credentials = 1 + random.nextInt(3) / 2 * (1 + random.nextInt(2));
    windows.add(new Announced("long", 20 + random.nextInt(30), pick(300, 900, 3600)));
    if (random.nextInt(3) > 0) {
      windows.add(new Announced("short", 5 + random.nextInt(10), pick(30, 60, 120)));
    }
    this.perSecond = random.nextInt(4) == 0 ? new Quota(1, Duration.ofSeconds(1)) : null;
    for (int i = 0; i < 1 + requestsPlanned / 25; i++) {
      Secondary kind = any(List.of(Secondary.values()));
      boolean needsDate = kind == Secondary.RETRY_AFTER_DATE || kind == Secondary.ERRORS_IN_200;
      if (!(needsDate && drawn == Clock.ABSENT && !skew.isZero())) {
        script.put(5 + random.nextInt(requestsPlanned), kind);
      }
    }
  }

  private <E> E any(List<E> values) {
    return values.get(random.nextInt(values.size()));
  }

  private Duration pick(int... seconds) {
    return Duration.ofSeconds(seconds[random.nextInt(seconds.length)]);
  }

  /** Returns from when on a request is allowed. */
  synchronized Instant earliest(String credential, String key, Instant now) {
    Instant earliest = now;
    for (String reach : List.of("server", credential + key)) {
      Forbidden block = forbidden.get(reach);
      if (block != null && block.until().isAfter(earliest)) {
        earliest = block.until();
      }
    }
    for (Announced window : windows) {
      Window known = window(credential, key, window.name());
      if (known.used >= window.limit() && known.resetsAt.isAfter(earliest)) {
        earliest = known.resetsAt;
      }
    }
    Window second = window(credential, key, "second");
    return perSecond != null && second.resetsAt.isAfter(earliest) ? second.resetsAt : earliest;
  }

  /** Notes that a request would be refused from one moment to another. */
  private void forbid(String reach, Instant from, Instant until) {
    closed.computeIfAbsent(reach, name -> new ArrayList<>()).add(new Span(from, until));
  }

  /** Returns how much of a wait the server really demanded, whichever credential is used. */
  synchronized Duration demanded(String key, Instant from, Instant until) {
    Duration demanded = Duration.ZERO;
    TreeSet<Instant> moments = new TreeSet<>(List.of(from, until));
    for (List<Span> spans : closed.values()) {
      for (Span span : spans) {
        moments.add(span.from());
        moments.add(span.until());
      }
    }
    Instant at = from;
    for (Instant next : moments.subSet(from, false, until, true)) {
      if (isClosed(key, at)) {
        demanded = demanded.plus(Duration.between(at, next));
      }
      at = next;
    }
    return demanded;
  }

  private boolean isClosed(String key, Instant at) {
    boolean server = isWithin("server", at);
    for (int i = 0; i < credentials && !server; i++) {
      if (!isWithin("person-" + i + key, at)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWithin(String reach, Instant at) {
    return closed.getOrDefault(reach, List.of()).stream()
        .anyMatch(span -> !at.isBefore(span.from()) && at.isBefore(span.until()));
  }

  private Window window(String credential, String key, String name) {
    return state.computeIfAbsent(credential + ' ' + key + ' ' + name, k -> new Window());
  }

  @Override
  public HttpResponse send(HttpRequest request) throws InterruptedException {
    Duration latency;
    HttpResponse response;
    synchronized (this) {
      latency = Duration.ofMillis(20 + requests * 37L % 180);
      response = answer(request, timing.now(), timing.now().plus(latency));
    }
    timing.sleep(latency);
    return response;
  }

  private HttpResponse answer(HttpRequest request, Instant now, Instant knownFrom) {
    String credential = String.valueOf(request.headers().first("Authorization"));
    String key = request.uri().getPath();
    requests++;
    if (requests == requestsPlanned / 2) {
      skew =
          switch (clock) {
            case SET_BACK -> skew.minus(SIX_HOURS);
            case SET_FORWARD -> skew.plus(SIX_HOURS);
            default -> skew;
          };
    }
    for (String reach : List.of("server", credential + key)) {
      Forbidden block = forbidden.get(reach);
      if (block != null && now.isBefore(block.until())) {
        refusals++;
        if (now.isAfter(block.knownFrom())) {
          violations.add("request " + requests + ", told to wait until " + block.until());
        }
        return refusal(request, now, block.until(), Secondary.RETRY_AFTER_429);
      }
    }
    Secondary event = script.remove(requests);
    if (event == Secondary.FAILS) {
      return respond(request, 503, headers(now), "busy");
    }
    if (event != null) {
      refusals++;
      boolean hintless = event == Secondary.WORDS || event == Secondary.LIMITED_BY;
      Instant until = now.plus(hintless ? HINTLESS : Duration.ofSeconds(20 + requests % 100));
      if (event == Secondary.RETRY_AFTER_DATE || event == Secondary.ERRORS_IN_200) {
        until = Instant.ofEpochSecond(until.getEpochSecond());
      }
      String reach = event == Secondary.WORDS ? "server" : credential + key;
      forbidden.put(reach, new Forbidden(until, knownFrom));
      forbid(reach, now, until);
      return refusal(request, now, until, event);
    }
    if (earliest(credential, key, now).isAfter(now)) {
      refusals++;
      violations.add("request " + requests + " beyond the window of " + key + " at " + now);
      return respond(request, 429, told(credential, key, now), "{}");
    }
    for (Announced window : windows) {
      Window known = window(credential, key, window.name());
      if (!now.isBefore(known.resetsAt)) {
        known.resetsAt = now.plus(window.length());
        known.used = 0;
      }
      known.used++;
      if (known.used == window.limit()) {
        forbid(credential + key, now, known.resetsAt);
      }
    }
    if (perSecond != null) {
      forbid(credential + key, now, now.plus(perSecond.per()));
      window(credential, key, "second").resetsAt = now.plus(perSecond.per());
    }
    return respond(request, 200, told(credential, key, now), "{\"data\":[]}");
  }

  private HttpResponse refusal(HttpRequest request, Instant now, Instant until, Secondary kind) {
    Headers headers = headers(now);
    String seconds = Long.toString((Duration.between(now, until).toMillis() + 999) / 1000);
    String date = HTTP_DATE.format(until.plus(skew).atZone(ZoneOffset.UTC));
    return switch (kind) {
      case RETRY_AFTER_429 ->
          respond(request, 429, headers.with("Retry-After", seconds), "slow down");
      case RETRY_AFTER_403 ->
          respond(request, 403, headers.with("Retry-After", seconds), "slow down");
      case RETRY_AFTER_DATE -> respond(request, 429, headers.with("Retry-After", date), "");
      case ERRORS_IN_200 ->
          respond(
              request, 200, headers, "{\"errors\":[{\"resetAt\":\"" + until.plus(skew) + "\"}]}");
      case WORDS -> respond(request, 403, headers, "You have exceeded a secondary rate limit");
      case LIMITED_BY -> respond(request, 403, headers.with("limited-by", "elsewhere"), "no");
      case FAILS -> throw new AssertionError(kind);
    };
  }

  private static HttpResponse respond(
      HttpRequest request, int status, Headers headers, String body) {
    return HttpResponse.of(request.uri(), status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private Headers headers(Instant now) {
    Headers headers = Headers.NONE.with("Content-Type", "application/json");
    String date = HTTP_DATE.format(now.plus(skew).atZone(ZoneOffset.UTC));
    if (standing != null) {
      return headers.with("Date", standing);
    }
    if (clock == Clock.STANDS && requests > 7) {
      standing = date;
    }
    boolean none = clock == Clock.ABSENT || (clock == Clock.GAPS && requests % 2 == 0);
    return none ? headers : headers.with("Date", date);
  }

  private Headers told(String credential, String key, Instant now) {
    Headers headers = headers(now);
    for (Announced window : windows) {
      Window known = window(credential, key, window.name());
      Instant shown = known.resetsAt.plus(skew);
      if (roundsUp) {
        shown = shown.plusNanos(999_999_999);
      }
      long left = Duration.between(now, known.resetsAt).toMillis();
      headers =
          headers
              .with("limit-" + window.name(), Integer.toString(window.limit()))
              .with("remaining-" + window.name(), Integer.toString(window.limit() - known.used))
              .with(
                  "reset-" + window.name(),
                  switch (encoding) {
                    case EPOCH_SECONDS -> Long.toString(shown.getEpochSecond());
                    case RELATIVE_SECONDS -> Long.toString((left + (roundsUp ? 999 : 0)) / 1000);
                    case ISO_8601 -> Instant.ofEpochSecond(shown.getEpochSecond()).toString();
                  });
    }
    return headers;
  }

  /** Reads what this server writes. */
  final class Dialect implements LimitDialect {
    @Override
    public String key(HttpRequest request) {
      return request.uri().getPath();
    }

    @Override
    public List<Quota> quotas(String key) {
      return perSecond == null ? List.of() : List.of(perSecond);
    }

    @Override
    public LimitReach reach(HttpRequest request, HttpResponse response) {
      return response.text().contains("secondary") ? LimitReach.SERVER : LimitReach.KEY;
    }

    @Override
    public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
      List<QuotaReading> quotas = new ArrayList<>();
      for (Announced window : windows) {
        Duration untilReset =
            encoding.untilReset(response.headers().first("reset-" + window.name()), serverTime);
        if (untilReset != null) {
          quotas.add(
              new QuotaReading(
                  window.name(),
                  Long.valueOf(window.limit()),
                  Long.parseLong(
                      String.valueOf(response.headers().first("remaining-" + window.name()))),
                  untilReset));
        }
      }
      String body = response.text();
      Duration retryAfter =
          ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime);
      if (body.startsWith("{\"errors\"")) {
        String reset = body.substring(body.indexOf("resetAt") + 10, body.indexOf("\"}"));
        return LimitSignal.limited(
            quotas, ResetEncoding.ISO_8601.untilReset(reset, serverTime), "errors");
      }
      boolean limited =
          response.status() == 429
              || retryAfter != null
              || body.contains("rate limit")
              || response.headers().first("limited-by") != null;
      if (limited) {
        return LimitSignal.limited(quotas, retryAfter, body);
      }
      return response.status() == 503
          ? LimitSignal.retry(quotas, null, body)
          : LimitSignal.proceed(quotas);
    }
  }
}
