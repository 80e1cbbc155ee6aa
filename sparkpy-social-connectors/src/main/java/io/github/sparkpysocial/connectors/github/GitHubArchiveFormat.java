package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.FileFormat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads the hourly files of GH Archive, {@code YYYY-MM-DD-H.json.gz} from {@code
 * https://data.gharchive.org}, one event a line, and saved answers of GitHub's events API. Files
 * may hold an event twice; it is one record. Both schemas are read, that of today and that of
 * before 2015. Each event becomes the record that the live feed {@code github:OWNER/REPO/events}
 * makes of it; types that are not documented are counted and kept.
 */
public final class GitHubArchiveFormat implements FileFormat {
  private static final List<String> TODAY =
      List.of("id", "type", "actor", "repo", "payload", "created_at");
  private static final List<String> OLD = List.of("type", "actor", "payload", "created_at", "url");

  /** Called by {@link java.util.ServiceLoader}. */
  public GitHubArchiveFormat() {}

  @Override
  public String name() {
    return "gharchive";
  }

  @Override
  public boolean recognizes(List<String> fieldNames) {
    return fieldNames.containsAll(TODAY)
        || (fieldNames.containsAll(OLD)
            && (fieldNames.contains("repository") || fieldNames.contains("actor_attributes")));
  }

  @Override
  public Reading read(String json, Provenance provenance) {
    JsonNode event = JsonDocument.of(json).root();
    SocialRecord record = new EventRecords(provenance).read(event, json);
    List<String> unknown = new ArrayList<>();
    String type = event.path("type").asText();
    if (!EventRecords.isKnown(type)) {
      unknown.add("event.type." + type);
    }
    Set<String> known = EventRecords.isOld(event) ? GitHubFields.OLD_EVENT : GitHubFields.EVENT;
    for (Iterator<String> names = event.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        unknown.add(name);
      }
    }
    return new Reading(List.of(record), List.of(), unknown);
  }
}
