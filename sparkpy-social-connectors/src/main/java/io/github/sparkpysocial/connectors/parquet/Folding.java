package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.jspecify.annotations.Nullable;

/**
 * Folds deltas into parts. A part that has something of them is written anew and takes the place of
 * the old one under its name, with the new versions of its records, and without those that are
 * gone. So no record is ever in two parts, nor in none, whoever looks. New records go into the last
 * small part, else into new ones. The deltas are deleted last: whatever a crash leaves undone, they
 * still say, and it is done again.
 */
final class Folding {
  /** Stands for the part of a record that is in its part already, by a folding that a crash cut. */
  private static final long SETTLED = -1;

  private static final int ROWS_BETWEEN_CHECKS = 1_000;

  private final Path place;
  private final FileSteps steps;
  private final Limits limits;
  private final KeyIndex contents;

  /** From each key that parts and deltas have to the part that is to get its newest version. */
  private final KeyIndex homes = new KeyIndex();

  private final List<PartFile> deltas;
  private final Overlay overlay;

  private Folding(
      Path place, FileSteps steps, Limits limits, KeyIndex contents, List<PartFile> deltas)
      throws IOException {
    this.place = place;
    this.steps = steps;
    this.limits = limits;
    this.contents = contents;
    this.deltas = List.copyOf(deltas);
    this.overlay = Overlay.of(deltas);
  }

  /**
   * Folds; afterwards there are parts alone, at least one, which may be empty.
   *
   * @param contents the contents of all living records
   * @param deltas the oldest first
   * @param deltasAreNew whether they are known to have nothing but records that no part has
   */
  static void fold(
      Path place,
      FileSteps steps,
      Limits limits,
      KeyIndex contents,
      List<PartFile> parts,
      List<PartFile> deltas,
      boolean deltasAreNew)
      throws IOException {
    if (deltas.size() == 1 && deltasAreNew && smallest(parts, limits) < 0) {
      steps.move(deltas.get(0).path(), PartDirectory.part(place, PartDirectory.next(parts)));
      return;
    }
    try {
      new Folding(place, steps, limits, contents, deltas).fold(parts, deltasAreNew);
    } finally {
      for (PartFile part : parts) {
        part.close();
      }
    }
    for (PartFile delta : deltas) {
      delta.close();
      steps.delete(delta.path());
    }
  }

  private void fold(List<PartFile> parts, boolean deltasAreNew) throws IOException {
    boolean[] outdated = new boolean[parts.size()];
    for (int i = 0; i < outdated.length; i++) {
      boolean changes = !overlay.isEmpty() && !deltasAreNew && findHomes(parts.get(i), i);
      outdated[i] = changes || parts.get(i).isOlder();
    }
    int tail = smallest(parts, limits);
    boolean homeless = hasHomeless();
    int left = parts.size();
    for (int i = 0; i < outdated.length; i++) {
      boolean takesHomeless = homeless && i == tail;
      if (outdated[i] || takesHomeless) {
        boolean others = left > 1 || (homeless && tail < 0);
        if (!rewrite(parts.get(i), i, takesHomeless, !others)) {
          left--;
        }
      }
    }
    if ((homeless && tail < 0) || left == 0) {
      addParts(PartDirectory.next(parts));
    }
  }

  /** Returns the last of the parts that are small, or -1. */
  private static int smallest(List<PartFile> parts, Limits limits) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i).size() < limits.smallBytes()) {
        return i;
      }
    }
    return -1;
  }

  /** Finds what the deltas say of a part, and returns whether it must be written anew. */
  private boolean findHomes(PartFile part, int number) throws IOException {
    boolean outdated = false;
    try (PartRows rows =
        part.read(Set.of(TableLayout.KEY, TableLayout.CONTENT), FilterCompat.NOOP)) {
      Map<String, @Nullable Object> row;
      while ((row = rows.next()) != null) {
        Fingerprint key = LiveRows.key(row);
        if (overlay.isGone(key)) {
          outdated = true;
        } else if (overlay.covers(key)) {
          long content = Keys.content(String.valueOf(row.get(TableLayout.CONTENT)));
          boolean settled = content == contents.get(key);
          homes.put(key, settled ? SETTLED : number);
          outdated |= !settled;
        }
      }
    }
    return outdated;
  }

  private boolean hasHomeless() throws IOException {
    long number = 0;
    for (PartFile delta : deltas) {
      try (PartRows rows = delta.read(Set.of(TableLayout.KEY), FilterCompat.NOOP)) {
        Map<String, @Nullable Object> row;
        while ((row = rows.next()) != null) {
          if (isHomeless(LiveRows.key(row), number++)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean isHomeless(Fingerprint key, long row) {
    return overlay.isNewest(key, row) && !overlay.isGone(key) && !homes.contains(key);
  }

  /**
   * Writes a part anew.
   *
   * @param number which of the parts it is
   * @param takesHomeless whether it gets the new records, too
   * @param keptIfEmpty whether it stays when nothing is left in it; else it is deleted
   * @return whether it stays
   */
  private boolean rewrite(PartFile part, int number, boolean takesHomeless, boolean keptIfEmpty)
      throws IOException {
    try (PartFile old = part;
        PartWriter out = writer()) {
      try (PartRows rows = old.read(null, FilterCompat.NOOP)) {
        Map<String, @Nullable Object> row;
        while ((row = rows.next()) != null) {
          Fingerprint key = LiveRows.key(row);
          if (!overlay.covers(key) || homes.get(key) == SETTLED) {
            out.write(TableLayout.row(row));
          }
        }
      }
      long next = 0;
      for (PartFile delta : deltas) {
        try (PartRows rows = delta.read(null, FilterCompat.NOOP)) {
          Map<String, @Nullable Object> row;
          while ((row = rows.next()) != null) {
            Fingerprint key = LiveRows.key(row);
            boolean moves = overlay.isNewest(key, next) && homes.get(key) == number;
            if (moves || (takesHomeless && isHomeless(key, next))) {
              out.write(TableLayout.row(row));
            }
            next++;
          }
        }
      }
      out.finish(steps);
      boolean kept = out.rows() > 0 || keptIfEmpty;
      if (kept) {
        steps.move(out.path(), old.path());
      } else {
        steps.delete(old.path());
      }
      return kept;
    }
  }

  private void addParts(int firstNumber) throws IOException {
    int number = firstNumber;
    long next = 0;
    PartWriter out = writer();
    try {
      for (PartFile delta : deltas) {
        try (PartRows rows = delta.read(null, FilterCompat.NOOP)) {
          Map<String, @Nullable Object> row;
          while ((row = rows.next()) != null) {
            if (isHomeless(LiveRows.key(row), next++)) {
              out.write(TableLayout.row(row));
            }
            if (next % ROWS_BETWEEN_CHECKS == 0 && out.bytes() >= limits.partBytes()) {
              name(out, number++);
              out = writer();
            }
          }
        }
      }
      name(out, number);
    } finally {
      out.close();
    }
  }

  private void name(PartWriter out, int number) throws IOException {
    out.finish(steps);
    out.close();
    steps.move(out.path(), PartDirectory.part(place, number));
  }

  /** Makes one delta of several that follow each other, under the name of the last. */
  static void merge(
      Path place, FileSteps steps, Limits limits, KeyIndex contents, List<PartFile> deltas)
      throws IOException {
    new Folding(place, steps, limits, contents, deltas).merge();
    for (PartFile delta : deltas.subList(0, deltas.size() - 1)) {
      steps.delete(delta.path());
    }
  }

  private void merge() throws IOException {
    try (PartWriter out = writer()) {
      long next = 0;
      for (PartFile delta : deltas) {
        try (PartFile from = delta;
            PartRows rows = from.read(null, FilterCompat.NOOP)) {
          Map<String, @Nullable Object> row;
          while ((row = rows.next()) != null) {
            if (overlay.isNewest(LiveRows.key(row), next++)) {
              out.write(TableLayout.row(row));
            }
          }
        }
      }
      out.finish(steps);
      steps.move(out.path(), deltas.get(deltas.size() - 1).path());
    }
  }

  private PartWriter writer() throws IOException {
    Path writing = PartDirectory.writing(place);
    return PartWriter.of(writing, steps.create(writing));
  }
}
