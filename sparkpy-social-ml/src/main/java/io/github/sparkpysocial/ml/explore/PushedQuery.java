package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What a query asks of a place, so that the rest need not travel.
 *
 * @param place the place, file or table, without secrets
 * @param columns the columns that are read
 * @param query what the place is asked, in its own words: SQL for a database, else the conditions
 *     after {@code PushedFilters}
 */
public record PushedQuery(String place, List<String> columns, String query)
    implements Serializable {
  public PushedQuery {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(query, "query");
    columns = List.copyOf(columns);
  }
}
