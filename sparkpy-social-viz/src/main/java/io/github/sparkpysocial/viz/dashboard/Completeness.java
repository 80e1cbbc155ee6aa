package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.harvest.LedgerEntry;
import io.github.sparkpysocial.harvest.LedgerHole;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How complete the data is, source by source. Each row has {@code data-source}, each number {@code
 * data-fact}: {@code fetched}, {@code new}, {@code duplicates}, {@code quarantined}, {@code
 * requests}, {@code waited-seconds}, {@code intervals}, {@code complete}.
 *
 * @param id the id of its element
 * @param title what stands above it
 * @param sources the sources, in order
 * @param deletions how many deletions that a network announced were carried out
 */
public record Completeness(String id, String title, List<Source> sources, long deletions)
    implements Component {

  public Completeness {
    Checks.id(id);
    Objects.requireNonNull(title, "title");
    sources = List.copyOf(sources);
    Checks.count("The number of deletions", deletions);
  }

  /** Returns the state of these sources. */
  public static Completeness of(String id, String title, List<Source> sources, long deletions) {
    return new Completeness(id, title, sources, deletions);
  }

  /**
   * What one source gave.
   *
   * @param name what it is called, such as {@code Posts about Spark}
   * @param place its URI without secrets, or {@code null}
   * @param fetched records that it sent
   * @param added those that were new
   * @param duplicates those that were known already
   * @param quarantined those that were set aside because something was wrong with them
   * @param requests calls to the network, or 0 if there is none
   * @param waited how long was waited for limits
   * @param intervals how many stretches of time are known to be complete; more than one means that
   *     there are holes between them
   * @param complete whether everything that was asked for is there
   * @param note why not, or another remark, or {@code null}
   */
  public record Source(
      String name,
      @Nullable String place,
      long fetched,
      long added,
      long duplicates,
      long quarantined,
      long requests,
      Duration waited,
      int intervals,
      boolean complete,
      @Nullable String note) {

    public Source {
      Objects.requireNonNull(name, "name");
      Checks.count("The number of fetched records", fetched);
      Checks.count("The number of new records", added);
      Checks.count("The number of duplicates", duplicates);
      Checks.count("The number of quarantined records", quarantined);
      Checks.count("The number of requests", requests);
      Checks.count("The number of intervals", intervals);
      if (waited.isNegative()) {
        throw new IllegalArgumentException("The time waited is at least 0, was " + waited);
      }
    }

    /** Returns a builder; all numbers are 0 and the source is not complete until it is said. */
    public static Builder builder(String name) {
      return new Builder(name);
    }

    /** Collects what a source gave. Not thread-safe; what it builds is immutable. */
    public static final class Builder {
      private static final int HOLES_NAMED = 3;

      private final String name;
      private @Nullable String place;
      private long fetched;
      private long added;
      private long duplicates;
      private long quarantined;
      private long requests;
      private Duration waited = Duration.ZERO;
      private int intervals;
      private boolean complete;
      private @Nullable String note;

      private Builder(String name) {
        this.name = Objects.requireNonNull(name, "name");
      }

      /** Sets its URI without secrets. */
      public Builder place(@Nullable String place) {
        this.place = place;
        return this;
      }

      /** Sets how many records it sent. */
      public Builder fetched(long fetched) {
        this.fetched = fetched;
        return this;
      }

      /** Sets how many of them were new. */
      public Builder added(long added) {
        this.added = added;
        return this;
      }

      /** Sets how many of them were known already. */
      public Builder duplicates(long duplicates) {
        this.duplicates = duplicates;
        return this;
      }

      /** Sets how many of them were set aside. */
      public Builder quarantined(long quarantined) {
        this.quarantined = quarantined;
        return this;
      }

      /** Sets how often the network was called. */
      public Builder requests(long requests) {
        this.requests = requests;
        return this;
      }

      /** Sets how long was waited for limits. */
      public Builder waited(Duration waited) {
        this.waited = Objects.requireNonNull(waited, "waited");
        return this;
      }

      /** Sets how many stretches of time are known to be complete. */
      public Builder intervals(int intervals) {
        this.intervals = intervals;
        return this;
      }

      /** Sets whether everything that was asked for is there. */
      public Builder complete(boolean complete) {
        this.complete = complete;
        return this;
      }

      /** Sets a remark. */
      public Builder note(@Nullable String note) {
        this.note = note;
        return this;
      }

      /**
       * Sets what a ledger knows: the listing, how many intervals are complete, whether all is
       * there, and as the remark why it was refused or which parts are missing.
       */
      public Builder ledger(LedgerEntry entry) {
        place = entry.source();
        intervals = entry.intervals().size();
        complete = entry.isComplete() && entry.holes().isEmpty();
        if (entry.refusal() != null) {
          note = "refused: " + entry.refusal();
        } else if (!entry.holes().isEmpty()) {
          note =
              entry.holes().stream()
                      .limit(HOLES_NAMED)
                      .map(Builder::hole)
                      .collect(Collectors.joining("; ", "missing: ", ""))
                  + (entry.holes().size() > HOLES_NAMED
                      ? " and " + (entry.holes().size() - HOLES_NAMED) + " more"
                      : "");
        }
        return this;
      }

      private static String hole(LedgerHole hole) {
        Instant from = hole.from();
        Instant to = hole.to();
        return (from == null ? "the beginning" : Times.minute(from))
            + " to "
            + (to == null ? "the end" : Times.minute(to))
            + " ("
            + hole.reason()
            + ')';
      }

      /**
       * Returns the source.
       *
       * @throws IllegalArgumentException if a number is negative
       */
      public Source build() {
        return new Source(
            name,
            place,
            fetched,
            added,
            duplicates,
            quarantined,
            requests,
            waited,
            intervals,
            complete,
            note);
      }
    }
  }
}
