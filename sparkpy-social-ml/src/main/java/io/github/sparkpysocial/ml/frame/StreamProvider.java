package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Set;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Serves places that have no end, such as live streams, to the data source {@code social}. Found by
 * {@link java.util.ServiceLoader}; {@code sparkpy-social-streaming} brings one.
 */
public interface StreamProvider {

  /** Returns whether it reads this place; such a place is not asked of a store. */
  boolean serves(PlaceUri place);

  /**
   * Returns the columns of the place.
   *
   * @param options of the reader, see {@link SocialDataSource}
   * @throws IllegalArgumentException if an option is wrong
   */
  StructType schema(Set<RecordKind> kinds, CaseInsensitiveStringMap options);

  /**
   * Returns a scan that reads these columns. What it cannot do, a batch or a stream, it refuses by
   * an exception that says what to do instead.
   *
   * @param columns some of those of {@link #schema}
   * @throws IllegalArgumentException if an option is wrong
   */
  Scan scan(
      PlaceUri place, Set<RecordKind> kinds, StructType columns, CaseInsensitiveStringMap options);
}
