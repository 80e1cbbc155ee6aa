package io.github.sparkpysocial.streaming.alert;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rule remembers of one value. Spark keeps it as JSON, so that a later version may add to it
 * and still read what an earlier one wrote. Times are microseconds since 1970.
 */
final class Memory {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Posts that are newer than the watermark, in {@link Sighting#ORDER}. */
  final List<Sighting> waiting = new ArrayList<>();

  /** Posts that a condition still regards, oldest first. */
  final List<Sighting> recent = new ArrayList<>();

  /** Posts by number of window, without windows that have none. */
  final TreeMap<Long, Long> counts = new TreeMap<>();

  /** The window that is closed next. */
  @Nullable Long window;

  /** The first window that is known of. */
  @Nullable Long firstWindow;

  /** How many posts were seen. */
  long seen;

  /** The time of the newest post that was seen. */
  @Nullable Long last;

  /** When the last alert was raised. */
  @Nullable Long raised;

  /** Whether that alert lasts. */
  boolean active;

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain fields are always JSON", e);
    }
  }

  static Memory parse(String json) {
    try {
      return JSON.readValue(json, Memory.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The checkpoint holds a state that is none of this version of the rules; begin with a"
              + " new checkpoint",
          e);
    }
  }
}
