package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of raw answers that another tool has saved, such as tweets of the X API v1.1, one
 * JSON object at a time. Thread-safe.
 */
public interface FileFormat {

  /**
   * Returns the name used in {@code ;format=NAME}, such as {@code x-v1}. Unique among all formats.
   */
  String name();

  /**
   * Returns whether a file looks like this format.
   *
   * @param fieldNames the names of the first JSON object's fields, at most the first 64, in order
   */
  boolean recognizes(List<String> fieldNames);

  /**
   * Returns the name of the array that holds the items, when the file is one JSON object around
   * them, such as {@code statuses}; {@code null} if objects are items themselves.
   */
  default @Nullable String envelope() {
    return null;
  }

  /**
   * Reads the records of one JSON object.
   *
   * @param json the object
   * @param provenance to give to each record
   * @return no, one or several records
   * @throws IllegalArgumentException if it cannot be read; the message names the field and holds no
   *     content
   */
  List<SocialRecord> read(String json, Provenance provenance);
}
