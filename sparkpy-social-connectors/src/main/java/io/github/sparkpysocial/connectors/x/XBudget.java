package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.limit.UsageCapException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What X bills, kept to the caps of the user. X charges for each resource that an answer brings,
 * those included beside the data as well, and for the same one once in a UTC day (<a
 * href="https://docs.x.com/x-api/getting-started/pricing">pricing</a>). Which were billed today is
 * remembered in memory, up to a bound, if anybody counts; across runs a resource may be counted
 * twice, never too little. Thread-safe.
 */
final class XBudget {
  static final BigDecimal POST = new BigDecimal("0.005");
  static final BigDecimal USER = new BigDecimal("0.010");
  static final BigDecimal COUNT_RECENT = new BigDecimal("0.005");
  static final BigDecimal COUNT_ALL = new BigDecimal("0.010");
  static final String POSTS = "x posts";
  static final String USERS = "x users";
  static final String COUNTS = "x counts";

  /** A post may come with one it answers and one it quotes, and with two accounts. */
  private static final int POSTS_WITH_POST = 3;

  private static final int USERS_WITH_POST = 2;
  private static final int MOST_REMEMBERED = 500_000;

  private final SpendingCap cap;
  private final Set<String> billed = new HashSet<>();
  private LocalDate day = LocalDate.MIN;

  XBudget(SpendingCap cap) {
    this.cap = cap;
  }

  /** What may be asked for. */
  record Grant(int items, SpendingCap.Reservation posts, SpendingCap.Reservation users) {}

  /**
   * Reserves what a page of posts may bring at most; a smaller page if not more is left.
   *
   * @param wanted how many posts are wanted
   * @param smallest the smallest page that X gives
   * @throws UsageCapException if not even that is left
   */
  Grant posts(int wanted, int smallest) {
    int items = Math.max(wanted, smallest);
    while (true) {
      SpendingCap.Reservation posts = cap.reserve(POSTS, (long) items * POSTS_WITH_POST, POST);
      int possible = (int) (posts.granted() / POSTS_WITH_POST);
      if (possible >= items) {
        try {
          SpendingCap.Reservation users = cap.reserve(USERS, (long) items * USERS_WITH_POST, USER);
          possible = (int) (users.granted() / USERS_WITH_POST);
          if (possible >= items) {
            return new Grant(items, posts, users);
          }
          users.settle(0);
        } catch (UsageCapException e) {
          posts.settle(0);
          if (items == smallest) {
            throw e;
          }
          possible = items / 2; // the posts took what both have to share
        }
      }
      posts.settle(0);
      if (possible < smallest && items == smallest) {
        throw new UsageCapException(
            "The smallest page that X gives, of "
                + smallest
                + " posts, may bring "
                + smallest * POSTS_WITH_POST
                + " posts and "
                + smallest * USERS_WITH_POST
                + " accounts, and the caps leave less; raise the cap, or wait for its next period",
            null);
      }
      items = Math.max(possible, smallest);
    }
  }

  /** Replaces what was reserved by what came. */
  synchronized void settle(Grant grant, JsonNode answer, LocalDate today) {
    if (cap == SpendingCap.NONE) {
      return;
    }
    JsonNode includes = answer.path("includes");
    grant.posts.settle(
        fresh(
            "p",
            today,
            List.of(answer.path("data"), includes.path("tweets"), includes.path("posts"))));
    grant.users.settle(fresh("u", today, List.of(includes.path("users"))));
  }

  /** Gives back what was reserved for a request that X refused. */
  static void cancel(Grant grant) {
    grant.posts.settle(0);
    grant.users.settle(0);
  }

  /** Reserves accounts. */
  SpendingCap.Reservation users(int wanted) {
    return cap.reserve(USERS, wanted, USER);
  }

  synchronized void settleUsers(
      SpendingCap.Reservation reserved, JsonNode answer, LocalDate today) {
    if (cap == SpendingCap.NONE) {
      return;
    }
    reserved.settle(fresh("u", today, List.of(answer.path("data"))));
  }

  /** Reserves one request for counts. */
  SpendingCap.Reservation counts(boolean archive) {
    return cap.reserve(COUNTS, 1, archive ? COUNT_ALL : COUNT_RECENT);
  }

  /** Counts how many of these were not yet billed today, and remembers them. */
  private long fresh(String kind, LocalDate today, List<JsonNode> lists) {
    if (!today.equals(day)) {
      billed.clear();
      day = today;
    }
    long fresh = 0;
    for (JsonNode list : lists) {
      for (JsonNode item : list.isObject() ? List.of(list) : list) {
        String id = kind + item.path("id").asText("");
        boolean isNew = billed.size() < MOST_REMEMBERED ? billed.add(id) : !billed.contains(id);
        fresh += isNew ? 1 : 0;
      }
    }
    return fresh;
  }
}
