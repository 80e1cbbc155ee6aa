package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.limit.Spent.Amount;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on which day, for each account. It is kept by day, so that a clock that was wrong
 * for a while puts a day's spending elsewhere and loses none of it. Not thread-safe.
 */
final class SpendingBook {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of more days than this the oldest are added up into one. */
  private static final int MOST_DAYS = 1_000;

  private final Map<String, TreeMap<LocalDate, Amount>> accounts = new TreeMap<>();

  /** Adds to what was spent on a day; what is negative is given back. */
  void add(String what, LocalDate day, Amount amount) {
    TreeMap<LocalDate, Amount> days = accounts.computeIfAbsent(what, key -> new TreeMap<>());
    days.merge(day, amount, Amount::plus);
    while (days.size() > MOST_DAYS) {
      Map.Entry<LocalDate, Amount> first = days.pollFirstEntry();
      Map.Entry<LocalDate, Amount> second = days.firstEntry();
      days.put(second.getKey(), second.getValue().plus(first.getValue()));
    }
  }

  /** Returns what an account took in the period of this length that a day lies in. */
  Amount spent(String what, Cap.Period period, LocalDate day) {
    TreeMap<LocalDate, Amount> days = accounts.get(what);
    if (days == null) {
      return Amount.NONE;
    }
    LocalDate last =
        switch (period) {
          case DAY -> day;
          case MONTH -> day.withDayOfMonth(day.lengthOfMonth());
          case EVER -> LocalDate.MAX;
        };
    Amount sum = Amount.NONE;
    for (Amount amount : days.subMap(period.firstDay(day), true, last, true).values()) {
      sum = sum.plus(amount);
    }
    return sum;
  }

  /** Returns what counts towards a cap in the period that a day lies in. */
  BigDecimal spent(Cap cap, LocalDate day) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String what : accounts.keySet()) {
      if (cap.covers(what)) {
        sum = sum.add(spent(what, cap.period(), day).in(cap.unit()));
      }
    }
    return sum;
  }

  Set<String> accounts() {
    return accounts.keySet();
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("spending", VERSION);
    ObjectNode all = root.putObject("accounts");
    accounts.forEach(
        (what, days) -> {
          ObjectNode byDay = all.putObject(what);
          days.forEach(
              (day, amount) -> {
                ObjectNode entry = byDay.putObject(day.toString());
                entry.put("items", amount.items());
                entry.put("dollars", amount.dollars().toPlainString());
              });
        });
    return root.toPrettyString() + '\n';
  }

  /**
   * Reads a book.
   *
   * @param json what {@link #toJson()} wrote, or {@code null} for an empty book
   * @throws IllegalArgumentException if it is none; nothing is guessed, since a cap that forgets is
   *     no cap
   */
  static SpendingBook fromJson(@Nullable String json) {
    SpendingBook book = new SpendingBook();
    if (json == null) {
      return book;
    }
    try {
      JsonNode root = JSON.readTree(json);
      if (root == null || root.path("spending").asInt(0) != VERSION) {
        throw new IllegalArgumentException("it does not begin as such a file does");
      }
      for (Map.Entry<String, JsonNode> account : root.path("accounts").properties()) {
        TreeMap<LocalDate, Amount> days = new TreeMap<>();
        for (Map.Entry<String, JsonNode> day : account.getValue().properties()) {
          JsonNode items = day.getValue().path("items");
          if (!items.isIntegralNumber()) {
            throw new IllegalArgumentException("the items of " + day.getKey() + " are no number");
          }
          days.put(
              LocalDate.parse(day.getKey()),
              new Amount(
                  items.asLong(), new BigDecimal(day.getValue().path("dollars").asText("0"))));
        }
        if (!days.isEmpty()) {
          book.accounts.put(account.getKey(), days);
        }
      }
      return book;
    } catch (JsonProcessingException | DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("it is damaged", e);
    }
  }
}
