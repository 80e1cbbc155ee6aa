package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import java.io.Serializable;

/**
 * A {@link io.github.sparkpysocial.store.RecordStore} of which several readers can read a part
 * each, at once and each through a store of its own, such as the tasks of a Spark job.
 */
public interface PartReader {

  /**
   * One of several parts.
   *
   * @param index which one, counted from 0
   * @param count how many there are
   */
  record Part(int index, int count) implements Serializable {
    /** The whole in one part. */
    public static final Part WHOLE = new Part(0, 1);

    public Part {
      if (count < 1 || index < 0 || index >= count) {
        throw new IllegalArgumentException(
            "A part has an index from 0 to one below the count, was " + index + " of " + count);
      }
    }

    /** Returns whether an element of a list that all readers see alike belongs to this part. */
    public boolean has(long position) {
      return position % count == index;
    }
  }

  /**
   * Reads a part of the records that a filter lets through. A record that does not change meanwhile
   * is in one part and no other; parts may be of any size, some of them empty.
   *
   * @return a cursor to be closed by the caller
   */
  RecordCursor readPart(Filter filter, Projection projection, Part part);
}
