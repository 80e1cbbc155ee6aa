package io.github.sparkpysocial.limit;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What was read and spent on one account, by all processes that share the file, and by this one.
 *
 * @param what the account, such as {@code x posts}
 * @param here since the {@link SpendingCap} was made, by it alone
 * @param today in this calendar day, UTC
 * @param thisMonth in this calendar month, UTC
 * @param ever since the file was begun
 */
public record Spent(String what, Amount here, Amount today, Amount thisMonth, Amount ever) {

  /**
   * Items and their price.
   *
   * @param items how many
   * @param dollars what they cost; 0 if they have no price
   */
  public record Amount(long items, BigDecimal dollars) {
    /** Nothing. */
    public static final Amount NONE = new Amount(0, BigDecimal.ZERO);

    public Amount {
      Objects.requireNonNull(dollars, "dollars");
    }

    /** Returns both together. */
    public Amount plus(Amount other) {
      return new Amount(Math.addExact(items, other.items), dollars.add(other.dollars));
    }

    BigDecimal in(Cap.Unit unit) {
      return unit == Cap.Unit.ITEMS ? BigDecimal.valueOf(items) : dollars;
    }
  }

  public Spent {
    Objects.requireNonNull(what, "what");
  }
}
