package io.github.sparkpysocial.live;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records that a stream brought last, by key and content; the oldest are forgotten first. Not
 * thread-safe.
 */
final class SeenRecords {
  private final int most;
  private final Map<Fingerprint, Fingerprint> contents = new LinkedHashMap<>();

  SeenRecords(int most) {
    this.most = most;
  }

  /**
   * Returns the records that are to be passed on. Of what the stream sends, those that are new or
   * changed; of what fills a hole, those that are new: the listing may show another state of a
   * record, but what the stream sent is newer or the same.
   */
  List<SocialRecord> fresh(List<SocialRecord> records, boolean filling) {
    List<SocialRecord> fresh = new ArrayList<>(records.size());
    for (SocialRecord record : records) {
      Fingerprint key = Fingerprint.ofKey(record.key());
      Fingerprint content = Fingerprint.ofContent(record, false);
      Fingerprint before = contents.remove(key);
      contents.put(key, before != null && filling ? before : content);
      if (before == null || (!filling && !before.equals(content))) {
        fresh.add(record);
      }
    }
    while (contents.size() > most) {
      contents.remove(contents.keySet().iterator().next());
    }
    return fresh;
  }
}
