package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many posts each token has read on each day (UTC); a post counts once a day. What {@code
 * /2/usage/tweets} tells. Thread-safe.
 */
final class XBilling {
  /** Posts that pay-per-use allows in a month. */
  static final int CAP = 3_000_000;

  private final XCommunity community;
  private final Map<String, Map<LocalDate, IdSet>> read = new HashMap<>();

  XBilling(XCommunity community) {
    this.community = community;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(community.now(), ZoneOffset.UTC);
  }

  /** Counts the posts of an answer. */
  synchronized void count(String token, JsonNode body) {
    if (body.path("data").isArray()) {
      body.path("data").forEach(item -> count(token, item));
    } else if (body.path("data").isObject()) {
      count(token, body.path("data"));
    } else if (body.has("text")) {
      read.computeIfAbsent(token, t -> new HashMap<>())
          .computeIfAbsent(today(), d -> new IdSet())
          .add(Long.parseLong(body.path("id").asText()));
    }
  }

  private int on(String token, LocalDate day) {
    IdSet posts = read.getOrDefault(token, Map.of()).get(day);
    return posts == null ? 0 : posts.size();
  }

  synchronized Answer usage(Request request, String token) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(Set.of("days", "usage.fields"));
    int days = parameters.number("days", 7, 1, 90);
    LocalDate today = today();
    long month = 0;
    for (LocalDate day = today.withDayOfMonth(1); !day.isAfter(today); day = day.plusDays(1)) {
      month += on(token, day);
    }
    ObjectNode body = Json.object();
    ObjectNode data = body.putObject("data");
    data.put("cap_reset_day", 1);
    data.put("project_cap", Integer.toString(CAP));
    data.put("project_id", "1");
    data.put("project_usage", Long.toString(month));
    ObjectNode daily = Json.object();
    ArrayNode usage = daily.put("project_id", "1").putArray("usage");
    for (LocalDate day = today.minusDays(days - 1L); !day.isAfter(today); day = day.plusDays(1)) {
      Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
      usage
          .addObject()
          .put("date", XObjects.time(midnight))
          .put("usage", Integer.toString(on(token, day)));
    }
    String fields = parameters.text("usage.fields");
    if (fields != null && fields.contains("daily_project_usage")) {
      data.set("daily_project_usage", daily);
    }
    return Answer.json(200, body);
  }
}
