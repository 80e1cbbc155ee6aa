package io.github.sparkpysocial.testkit.sandbox;

import static io.github.sparkpysocial.testkit.sandbox.GitHubData.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who wrote how many commits in which week. GitHub works this out when it is first asked, answers
 * 202 until then, and tells the 100 busiest with an account. Source: "REST API endpoints for
 * repository statistics".
 */
final class GitHubStatistics {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int MOST = 100;

  private final GitHubData data;
  private final Set<String> workedOut = ConcurrentHashMap.newKeySet();

  GitHubStatistics(GitHubData data) {
    this.data = data;
  }

  Answer contributors(Repository repository) {
    if (workedOut.add(repository.id())) {
      return Answer.json(202, Json.object());
    }
    List<Interaction> commits =
        data.commits(repository).stream().filter(c -> c.actor().id() != null).toList();
    Map<AccountRef, TreeMap<Instant, Integer>> weeks = new LinkedHashMap<>();
    for (Interaction commit : commits) {
      weeks
          .computeIfAbsent(commit.actor(), a -> new TreeMap<>())
          .merge(weekOf(time(commit)), 1, Integer::sum);
    }
    List<Map.Entry<AccountRef, TreeMap<Instant, Integer>>> busiest =
        new ArrayList<>(weeks.entrySet());
    busiest.sort(Comparator.comparingInt(entry -> total(entry.getValue())));
    ArrayNode body = Json.array();
    if (!commits.isEmpty()) {
      Instant first = weekOf(time(commits.get(commits.size() - 1)));
      Instant last = weekOf(time(commits.get(0)));
      for (var entry : busiest.subList(Math.max(0, busiest.size() - MOST), busiest.size())) {
        body.add(contributor(entry.getKey(), entry.getValue(), first, last));
      }
    }
    return Answer.json(200, body);
  }

  private static int total(Map<Instant, Integer> weeks) {
    return weeks.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static ObjectNode contributor(
      AccountRef author, Map<Instant, Integer> commits, Instant first, Instant last) {
    ObjectNode node = Json.object();
    node.put("total", total(commits));
    ArrayNode weeks = node.putArray("weeks");
    for (Instant week = first; !week.isAfter(last); week = week.plus(WEEK)) {
      int count = commits.getOrDefault(week, 0);
      ObjectNode one = weeks.addObject();
      one.put("w", week.getEpochSecond());
      one.put("a", 10 * count);
      one.put("d", 3 * count);
      one.put("c", count);
    }
    node.set("author", GitHubJson.user(author));
    return node;
  }

  /** Weeks begin on Sunday at midnight UTC. */
  private static Instant weekOf(Instant at) {
    return at.atZone(ZoneOffset.UTC)
        .toLocalDate()
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY))
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }
}
