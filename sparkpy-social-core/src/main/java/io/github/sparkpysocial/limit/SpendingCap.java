package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.limit.Spent.Amount;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A guard of what is read and spent, in items and in US dollars, that holds across runs: what was
 * spent is kept in a small JSON file, by account and day. Before each request the client reserves
 * what it may bring at most, and settles for what came.
 *
 * <pre>{@code
 * SpendingCap cap =
 *     SpendingCap.builder()
 *         .file(Path.of("spending.json"))
 *         .cap(Cap.parse("x posts=10000/day"))
 *         .cap(Cap.parse("x=50usd/month"))
 *         .build();
 * }</pre>
 *
 * <p>A reservation counts from the moment it is made. One that is never settled, because its
 * process was killed, stays counted in full, for the network may have billed it.
 *
 * <p>Thread-safe; several processes may share a file.
 */
public final class SpendingCap {
  /** No cap at all, and nothing is noted. */
  public static final SpendingCap NONE = new SpendingCap(null, List.of(), Clock.systemUTC());

  private final @Nullable LockedFile file;
  private final List<Cap> caps;
  private final Clock clock;
  private final SpendingBook here = new SpendingBook();
  private final SpendingBook memory = new SpendingBook();

  private SpendingCap(@Nullable LockedFile file, List<Cap> caps, Clock clock) {
    this.file = file;
    this.caps = List.copyOf(caps);
    this.clock = clock;
  }

  /** Returns a builder; without more it caps nothing and counts in memory. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the caps, in the order they were given. */
  public List<Cap> caps() {
    return caps;
  }

  /**
   * Reserves what a request may bring at most.
   *
   * @param what the account, such as {@code x posts}
   * @param items how many items are wanted, at least 1
   * @param dollarsPerItem what each costs, or {@code null} if nothing
   * @return a reservation of at least one item, perhaps of fewer than wanted: ask for so many
   * @throws UsageCapException if not even one item is left
   * @throws StoreException if the file cannot be read or written; nothing may be asked then
   */
  public Reservation reserve(String what, long items, @Nullable BigDecimal dollarsPerItem) {
    if (items < 1 || what.isBlank()) {
      throw new IllegalArgumentException(
          "A reservation is of at least 1 item of something, was " + items + " of '" + what + "'");
    }
    if (this == NONE) {
      return new Reservation(what, LocalDate.EPOCH, items, BigDecimal.ZERO);
    }
    BigDecimal price = dollarsPerItem == null ? BigDecimal.ZERO : dollarsPerItem;
    LocalDate today = today();
    long granted =
        inBook(
            book -> {
              long free = Math.min(items, left(book, what, price, today));
              if (free < 1) {
                throw refusal(book, what, price, today);
              }
              book.add(what, today, amount(free, price));
              return new LockedFile.Change<>(book.toJson(), free);
            });
    noteHere(what, today, amount(granted, price));
    return new Reservation(what, today, granted, price);
  }

  /**
   * Returns how many items the caps leave now, {@link Long#MAX_VALUE} if no cap covers them.
   *
   * @param dollarsPerItem what each costs, or {@code null} if nothing
   * @throws StoreException if the file cannot be read
   */
  public long left(String what, @Nullable BigDecimal dollarsPerItem) {
    BigDecimal price = dollarsPerItem == null ? BigDecimal.ZERO : dollarsPerItem;
    LocalDate today = today();
    return inBook(book -> new LockedFile.Change<>(null, left(book, what, price, today)));
  }

  /**
   * Returns what was spent, by account.
   *
   * @throws StoreException if the file cannot be read
   */
  public List<Spent> spent() {
    LocalDate today = today();
    return inBook(
        book -> {
          List<Spent> all = new ArrayList<>();
          for (String what : book.accounts()) {
            Amount byThis;
            synchronized (here) {
              byThis = here.spent(what, Cap.Period.EVER, today);
            }
            all.add(
                new Spent(
                    what,
                    byThis,
                    book.spent(what, Cap.Period.DAY, today),
                    book.spent(what, Cap.Period.MONTH, today),
                    book.spent(what, Cap.Period.EVER, today)));
          }
          return new LockedFile.Change<>(null, List.copyOf(all));
        });
  }

  private long left(SpendingBook book, String what, BigDecimal price, LocalDate today) {
    long left = Long.MAX_VALUE;
    for (Cap cap : caps) {
      if (cap.covers(what)) {
        left = Math.min(left, left(cap, book.spent(cap, today), price));
      }
    }
    return left;
  }

  private static long left(Cap cap, BigDecimal used, BigDecimal price) {
    BigDecimal left = cap.most().subtract(used).max(BigDecimal.ZERO);
    if (cap.unit() == Cap.Unit.DOLLARS) {
      if (price.signum() <= 0) {
        return Long.MAX_VALUE;
      }
      left = left.divide(price, 0, RoundingMode.FLOOR);
    }
    return left.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }

  /** Says which cap leaves nothing; of several the one that is free again last. */
  private UsageCapException refusal(
      SpendingBook book, String what, BigDecimal price, LocalDate today) {
    return caps.stream()
        .filter(cap -> cap.covers(what))
        .filter(cap -> left(cap, book.spent(cap, today), price) < 1)
        .max(Comparator.comparing(Cap::period))
        .map(cap -> refusal(cap, book.spent(cap, today), what, price, today))
        .orElseThrow();
  }

  private UsageCapException refusal(
      Cap cap, BigDecimal used, String what, BigDecimal price, LocalDate today) {
    Instant free = cap.period().next(today);
    boolean money = cap.unit() == Cap.Unit.DOLLARS;
    return new UsageCapException(
        "The cap '"
            + cap
            + "' leaves nothing for "
            + what
            + (money ? " at " + price.toPlainString() + " dollars each" : "")
            + ": "
            + used.toPlainString()
            + " used, "
            + cap.most().subtract(used).max(BigDecimal.ZERO).toPlainString()
            + " left. "
            + (free == null
                ? "It is for all time; raise it to go on"
                : "It is free again at " + free + "; wait, or raise it")
            + (file == null ? "" : ". What was spent is kept in " + file),
        free);
  }

  private static Amount amount(long items, BigDecimal price) {
    return new Amount(items, price.multiply(BigDecimal.valueOf(items)));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void noteHere(String what, LocalDate day, Amount amount) {
    synchronized (here) {
      here.add(what, day, amount);
    }
  }

  private <T> T inBook(Function<SpendingBook, LockedFile.Change<T>> use) {
    if (file == null) {
      synchronized (this) {
        return use.apply(memory).result();
      }
    }
    try {
      return file.change(json -> use.apply(SpendingBook.fromJson(json)));
    } catch (IOException e) {
      throw new StoreException(
          "The spending file " + file + " cannot be kept, so nothing may be spent: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "The spending file "
              + file
              + " cannot be read ("
              + e.getMessage()
              + "), so nothing may be spent; repair it, or move it away to begin at zero",
          e);
    }
  }

  /**
   * What was reserved for one request. Settle it when the answer is there; unsettled it stays
   * counted in full. Thread-safe.
   */
  public final class Reservation {
    private final String what;
    private final LocalDate day;
    private final long granted;
    private final BigDecimal price;
    private boolean settled;

    private Reservation(String what, LocalDate day, long granted, BigDecimal price) {
      this.what = what;
      this.day = day;
      this.granted = granted;
      this.price = price;
    }

    /** Returns for how many items the request may ask, at least 1. */
    public long granted() {
      return granted;
    }

    /**
     * Replaces what was reserved by what came, which may be more; it counts in full then. Settling
     * twice does nothing.
     *
     * @param actualItems what the network will bill; 0 if the request failed for sure
     * @throws StoreException if the file cannot be written; the reservation stays counted
     */
    public void settle(long actualItems) {
      if (actualItems < 0) {
        throw new IllegalArgumentException("actualItems must not be negative: " + actualItems);
      }
      synchronized (this) {
        if (settled || SpendingCap.this == NONE) {
          return;
        }
        Amount difference = amount(actualItems - granted, price);
        if (actualItems != granted) {
          inBook(
              book -> {
                book.add(what, day, difference);
                return new LockedFile.Change<>(book.toJson(), difference);
              });
          noteHere(what, day, difference);
        }
        settled = true;
      }
    }

    @Override
    public String toString() {
      return granted + " " + what;
    }
  }

  /** Sets up a guard. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final List<Cap> caps = new ArrayList<>();
    private @Nullable Path file;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** Sets the file that remembers, made when something is spent. Default: memory only. */
    public Builder file(Path file) {
      this.file = Objects.requireNonNull(file, "file");
      return this;
    }

    /** Adds a cap. All of them hold. Default: none, and spending is counted only. */
    public Builder cap(Cap cap) {
      caps.add(Objects.requireNonNull(cap, "cap"));
      return this;
    }

    /** Sets the clock that days and months follow, in UTC. Default: the system's. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Returns the guard; the file is not touched yet. */
    public SpendingCap build() {
      return new SpendingCap(file == null ? null : new LockedFile(file, true), caps, clock);
    }
  }
}
