package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.Json;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What X has counted of the posts that the app's project read: {@code GET /2/usage/tweets}.
 *
 * @param used posts read in this billing month, or {@code null} if not told
 * @param cap how many may be read in it, or {@code null} if not told
 * @param resetDay the day of the month on which it begins anew, or {@code null} if not told
 * @param days posts read on each of the last days (UTC), oldest first
 */
public record XUsage(
    @Nullable Long used, @Nullable Long cap, @Nullable Integer resetDay, List<Day> days) {

  /**
   * The posts of a day.
   *
   * @param date the day, in UTC
   * @param posts how many
   */
  public record Day(LocalDate date, long posts) {}

  public XUsage {
    days = List.copyOf(days);
  }

  /** Returns how many posts may still be read this month, or {@code null} if X does not tell. */
  public @Nullable Long left() {
    return used == null || cap == null ? null : Long.valueOf(Math.max(0, cap - used));
  }

  static XUsage of(JsonNode data) {
    try {
      List<Day> days = new ArrayList<>();
      for (JsonNode day : data.path("daily_project_usage").path("usage")) {
        String posts = Json.text(day, "usage");
        days.add(
            new Day(
                OffsetDateTime.parse(Json.required(day, "date"))
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDate(),
                posts == null ? 0 : Long.parseLong(posts)));
      }
      String used = Json.text(data, "project_usage");
      String cap = Json.text(data, "project_cap");
      Long resetDay = Json.number(data, "cap_reset_day");
      return new XUsage(
          used == null ? null : Long.valueOf(used),
          cap == null ? null : Long.valueOf(cap),
          resetDay == null ? null : Integer.valueOf(resetDay.intValue()),
          days);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new TransportException("X told its usage in a way that cannot be read", e);
    }
  }
}
