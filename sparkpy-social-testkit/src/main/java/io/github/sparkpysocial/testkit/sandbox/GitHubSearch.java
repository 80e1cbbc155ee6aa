package io.github.sparkpysocial.testkit.sandbox;

import static io.github.sparkpysocial.testkit.sandbox.GitHubData.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Repository;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's search for repositories, as far as "Searching for repositories" and "Understanding the
 * search syntax" tell: words, {@code created}, {@code pushed}, {@code stars}, {@code language},
 * {@code topic}, {@code org} and {@code user}. No more than 1,000 results are shown.
 */
final class GitHubSearch {
  static final int MOST = 1_000;

  private final GitHubData data;
  private final GitHubPages pages;

  GitHubSearch(GitHubData data, GitHubPages pages) {
    this.data = data;
    this.pages = pages;
  }

  Answer repositories(Request request) {
    String query = request.parameter("q");
    if (query == null || query.isBlank()) {
      return invalid("q is missing");
    }
    if (query.length() > 256) {
      return invalid("The search is longer than 256 characters.");
    }
    GitHubPages.Page page = GitHubPages.Page.of(request);
    if ((page.number() - 1L) * page.size() >= MOST) {
      return GitHubAnswers.message(
          422, "Only the first 1000 search results are available", "/search/search");
    }
    List<Repository> found;
    try {
      Predicate<Repository> wanted = parse(query);
      found = data.repositories().stream().filter(wanted).sorted(order(request)).toList();
    } catch (DateTimeException | NumberFormatException e) {
      return invalid("The search contains a date or number that is none");
    }
    int shown = Math.min(MOST, found.size());
    ObjectNode body = Json.object();
    body.put("total_count", found.size());
    body.put("incomplete_results", false);
    ArrayNode items = body.putArray("items");
    for (int i = page.from(shown); i < page.to(shown); i++) {
      Repository repository = found.get(i);
      ObjectNode item = GitHubJson.repository(repository, data.starCount(repository));
      item.put("score", 1.0);
      items.add(item);
    }
    return pages.linked(
        Answer.json(200, body), request, "/search/repositories", page, page.last(shown));
  }

  private static Answer invalid(String why) {
    return GitHubAnswers.message(422, "Validation Failed: " + why, "/search/search");
  }

  private Comparator<Repository> order(Request request) {
    Comparator<Repository> by =
        switch (String.valueOf(request.parameter("sort"))) {
          case "stars" -> Comparator.comparing(data::starCount);
          case "forks" -> Comparator.comparing(r -> Objects.requireNonNullElse(r.forks(), 0L));
          case "updated" ->
              Comparator.comparing(r -> Objects.requireNonNullElse(r.updatedAt(), Instant.EPOCH));
          default -> Comparator.comparing(Repository::id);
        };
    return "asc".equals(request.parameter("order")) ? by : by.reversed();
  }

  private Predicate<Repository> parse(String query) {
    Predicate<Repository> all = repository -> true;
    for (String part : query.strip().split("\\s+", -1)) {
      int colon = part.indexOf(':');
      String value = colon < 0 ? part : part.substring(colon + 1).replace("\"", "");
      all =
          all.and(
              switch (colon < 0 ? "" : part.substring(0, colon)) {
                case "created" -> times(Repository::createdAt, value);
                case "pushed" -> times(Repository::pushedAt, value);
                case "stars" -> numbers(value);
                case "language" -> r -> value.equalsIgnoreCase(r.language());
                case "topic" -> r -> r.topics().contains(lower(value));
                case "org", "user" -> r -> lower(r.fullName()).startsWith(lower(value) + '/');
                default -> r -> names(r, lower(part));
              });
    }
    return all;
  }

  private static boolean names(Repository repository, String word) {
    return lower(repository.fullName()).contains(word)
        || lower(String.valueOf(repository.description())).contains(word);
  }

  /** The two ends of a range as it is written; {@code null} is open, a bound may be left out. */
  private record Range(
      @Nullable String from, boolean withFrom, @Nullable String to, boolean withTo) {
    static Range of(String text) {
      int dots = text.indexOf("..");
      if (dots >= 0) {
        return new Range(
            bound(text.substring(0, dots)), true, bound(text.substring(dots + 2)), true);
      }
      if (text.startsWith(">=")) {
        return new Range(text.substring(2), true, null, true);
      }
      if (text.startsWith(">")) {
        return new Range(text.substring(1), false, null, true);
      }
      if (text.startsWith("<=")) {
        return new Range(null, true, text.substring(2), true);
      }
      if (text.startsWith("<")) {
        return new Range(null, true, text.substring(1), false);
      }
      return new Range(text, true, text, true);
    }

    private static @Nullable String bound(String text) {
      return text.equals("*") ? null : text;
    }
  }

  private Predicate<Repository> numbers(String text) {
    Range range = Range.of(text);
    long from = range.from() == null ? 0 : Long.parseLong(range.from());
    long to = range.to() == null ? Long.MAX_VALUE : Long.parseLong(range.to());
    return r -> {
      long stars = data.starCount(r);
      return stars >= (range.withFrom() ? from : from + 1)
          && stars <= (range.withTo() ? to : to - 1);
    };
  }

  private static Predicate<Repository> times(
      java.util.function.Function<Repository, @Nullable Instant> time, String text) {
    Range range = Range.of(text);
    Instant from = range.from() == null ? Instant.MIN : first(range.from(), !range.withFrom());
    Instant to = range.to() == null ? Instant.MAX : first(range.to(), range.withTo());
    return r -> {
      Instant at = time.apply(r);
      return at != null && !at.isBefore(from) && at.isBefore(to);
    };
  }

  /** Returns the first instant of a day or second, or the first one after it. */
  private static Instant first(String text, boolean after) {
    if (text.length() == 10) {
      LocalDate day = LocalDate.parse(text);
      return (after ? day.plusDays(1) : day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    Instant second = OffsetDateTime.parse(text).toInstant();
    return after ? second.plusSeconds(1) : second;
  }
}
