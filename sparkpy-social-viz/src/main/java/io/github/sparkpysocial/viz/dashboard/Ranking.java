package io.github.sparkpysocial.viz.dashboard;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * People or things in order, each with a bar and a badge of its network. Each row has {@code
 * data-rank}, {@code data-name} and {@code data-value}.
 *
 * @param id the id of its element
 * @param title what stands above it
 * @param unit what the values count, such as {@code posts}
 * @param entries the entries, highest first; may be empty, which shows a note that says so
 */
public record Ranking(String id, String title, String unit, List<Entry> entries)
    implements Component {

  /**
   * One row.
   *
   * @param name who or what
   * @param value how much, finite and at least 0
   * @param network the network's name, shown as a badge, or {@code null}
   * @param link where it can be seen, or {@code null}; only http and https become a link
   * @param note a few words below the name, or {@code null}
   */
  public record Entry(
      String name,
      double value,
      @Nullable String network,
      @Nullable String link,
      @Nullable String note) {

    public Entry {
      Objects.requireNonNull(name, "name");
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "The value of an entry is a finite number of at least 0, was " + value);
      }
    }

    /** Returns an entry without badge and link. */
    public static Entry of(String name, double value) {
      return new Entry(name, value, null, null, null);
    }

    /** Returns the same entry with a badge of its network. */
    public Entry withNetwork(@Nullable String network) {
      return new Entry(name, value, network, link, note);
    }

    /** Returns the same entry with where it can be seen. */
    public Entry withLink(@Nullable String link) {
      return new Entry(name, value, network, link, note);
    }

    /** Returns the same entry with a few words below the name. */
    public Entry withNote(@Nullable String note) {
      return new Entry(name, value, network, link, note);
    }
  }

  public Ranking {
    Checks.id(id);
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    entries = List.copyOf(entries);
  }

  /** Returns a ranking. */
  public static Ranking of(String id, String title, String unit, List<Entry> entries) {
    return new Ranking(id, title, unit, entries);
  }
}
