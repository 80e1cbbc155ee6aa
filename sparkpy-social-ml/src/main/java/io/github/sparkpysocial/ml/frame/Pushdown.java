package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.store.Filter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Spark's planner wants to know of a place into a {@link Filter}: conditions on kind,
 * network, id and time, all of which must hold. Used by one thread.
 */
final class Pushdown {
  private final Set<RecordKind> kinds;
  private @Nullable Set<String> networks;
  private @Nullable Set<String> ids;
  private @Nullable Long since;
  private @Nullable Long until;
  private final List<Predicate> pushed = new ArrayList<>();

  /** Begins with every record of these kinds. */
  Pushdown(Set<RecordKind> kinds) {
    this.kinds = EnumSet.copyOf(kinds);
  }

  /**
   * Takes what it can, and returns what Spark is to evaluate itself. That includes times, which a
   * store may know less exactly than Spark.
   */
  Predicate[] push(Predicate[] predicates) {
    List<Predicate> remaining = new ArrayList<>();
    for (Predicate predicate : predicates) {
      boolean taken = take(predicate);
      if (taken) {
        pushed.add(predicate);
      }
      if (!taken || isTime(column(predicate))) {
        remaining.add(predicate);
      }
    }
    return remaining.toArray(new Predicate[0]);
  }

  /** Returns what was taken, in the order of asking. */
  List<Predicate> pushed() {
    return List.copyOf(pushed);
  }

  /** Returns whether no record can meet all that was taken. */
  boolean isEmpty() {
    return kinds.isEmpty()
        || (networks != null && networks.isEmpty())
        || (ids != null && ids.isEmpty())
        || (since != null && until != null && until <= since);
  }

  /** Returns the filter; not to be asked if {@link #isEmpty()}. */
  Filter filter() {
    Filter filter = Filter.ALL.ofKinds(kinds).between(instant(since), instant(until));
    if (networks != null) {
      filter = filter.from(networks.stream().map(Network::of).toArray(Network[]::new));
    }
    return ids == null ? filter : filter.withIds(ids);
  }

  private boolean take(Predicate predicate) {
    String column = column(predicate);
    if (column.isEmpty()) {
      return false;
    }
    if (isTime(column)) {
      return takeTime(column, predicate);
    }
    Set<String> values = texts(predicate);
    if (values == null) {
      return false;
    }
    switch (column) {
      case "record" -> kinds.removeIf(kind -> !values.contains(kind.wireName()));
      case "network" -> networks = both(networks, values, Pushdown::isNetwork);
      case "id" -> ids = both(ids, values, id -> true);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Set<String> both(
      @Nullable Set<String> known,
      Set<String> values,
      java.util.function.Predicate<String> possible) {
    Set<String> both = new HashSet<>(values);
    both.removeIf(possible.negate());
    if (known != null) {
      both.retainAll(known);
    }
    return both;
  }

  private static boolean isNetwork(String name) {
    try {
      Network.of(name);
      return true;
    } catch (IllegalArgumentException noRecordHasIt) {
      return false;
    }
  }

  /** Returns the column that a predicate compares with constants, or an empty text. */
  private static String column(Predicate predicate) {
    Expression[] children = predicate.children();
    return children.length > 0
            && children[0] instanceof NamedReference reference
            && reference.fieldNames().length == 1
        ? reference.fieldNames()[0]
        : "";
  }

  private static boolean isTime(String column) {
    return column.equals("created_at") || column.equals("deleted_at");
  }

  /**
   * Returns the texts that a predicate allows, or {@code null} if it allows others. A text with a
   * replacement character may stand for another one that the store holds.
   */
  private static @Nullable Set<String> texts(Predicate predicate) {
    boolean one = predicate.name().equals("=") || predicate.name().equals("<=>");
    if (!one && !predicate.name().equals("IN")) {
      return null;
    }
    Set<String> texts = new HashSet<>();
    for (int i = 1; i < predicate.children().length; i++) {
      if (!(predicate.children()[i] instanceof Literal<?> literal)) {
        return null;
      }
      if (literal.value() == null && !one) {
        continue; // it never makes an IN true
      }
      if (!(literal.value() instanceof UTF8String text) || text.toString().contains("\uFFFD")) {
        return null;
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** A tombstone has {@code deleted_at} alone, every other record {@code created_at} alone. */
  private boolean takeTime(String column, Predicate predicate) {
    if (predicate.children().length != 2
        || !(predicate.children()[1] instanceof Literal<?> literal)
        || !DataTypes.TimestampType.equals(literal.dataType())
        || !(literal.value() instanceof Long micros)
        || micros == Long.MAX_VALUE) {
      return false;
    }
    switch (predicate.name()) {
      case ">=" -> from(micros);
      case ">" -> from(micros + 1);
      case "<" -> to(micros);
      case "<=" -> to(micros + 1);
      case "=", "<=>" -> {
        from(micros);
        to(micros + 1);
      }
      default -> {
        return false;
      }
    }
    if (column.equals("deleted_at")) {
      kinds.retainAll(Set.of(RecordKind.TOMBSTONE));
    } else {
      kinds.remove(RecordKind.TOMBSTONE);
    }
    return true;
  }

  private void from(long micros) {
    since = since == null ? micros : Math.max(since, micros);
  }

  private void to(long micros) {
    until = until == null ? micros : Math.min(until, micros);
  }

  private static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
