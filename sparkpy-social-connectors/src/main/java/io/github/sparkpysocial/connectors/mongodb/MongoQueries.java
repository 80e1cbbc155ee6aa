package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDateTime;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Filters and projections in the server's own language. */
final class MongoQueries {
  /** A query may have 16 MiB, and a server compares with each of its values. */
  private static final int MOST_KEYS = 10_000;

  /** The documents of other tools, which have to be looked at one by one. */
  static final Bson OF_OTHERS = Filters.not(Filters.type("record", BsonType.STRING));

  private MongoQueries() {}

  /**
   * Returns the query for documents of this library: exactly those that the filter lets through.
   */
  static Bson ours(Filter filter) {
    List<Bson> wanted = new ArrayList<>();
    Set<String> keys = keys(filter);
    if (!keys.isEmpty()) {
      wanted.add(Filters.in(MongoDocuments.ID, keys));
    } else {
      if (!filter.ids().isEmpty()) {
        wanted.add(Filters.in("id", filter.ids()));
      }
      if (!filter.networks().isEmpty()) {
        wanted.add(Filters.in("network", filter.networks().stream().map(Network::name).toList()));
      }
    }
    wanted.add(
        filter.kinds().isEmpty()
            ? Filters.type("record", BsonType.STRING)
            : Filters.in("record", filter.kinds().stream().map(RecordKind::wireName).toList()));
    if (filter.since() != null || filter.until() != null) {
      wanted.add(
          Filters.or(
              within("created_at", filter),
              within(RecordSchema.of(RecordKind.TOMBSTONE).timeColumn(), filter)));
    }
    return wanted.size() == 1 ? wanted.get(0) : Filters.and(wanted);
  }

  /** Returns the keys that a filter by ids and networks lets through; none if it names neither. */
  private static Set<String> keys(Filter filter) {
    Set<String> keys = new LinkedHashSet<>();
    Collection<RecordKind> kinds =
        filter.kinds().isEmpty() ? List.of(RecordKind.values()) : filter.kinds();
    if ((long) filter.ids().size() * filter.networks().size() * RecordKind.values().length
        > MOST_KEYS) {
      return keys;
    }
    for (Network network : filter.networks()) {
      for (RecordKind kind : kinds) {
        String prefix = network.name() + '/' + kind.wireName() + '/';
        for (String id : filter.ids()) {
          if (kind != RecordKind.TOMBSTONE) {
            keys.add(WellFormed.text(prefix + id));
          } else {
            for (RecordKind target : RecordKind.values()) {
              keys.add(WellFormed.text(prefix + target.wireName() + '/' + id));
            }
          }
        }
      }
    }
    return keys;
  }

  private static Bson within(String column, Filter filter) {
    Document range = new Document();
    if (filter.since() != null) {
      range.append("$gte", firstDateFrom(filter.since()));
    }
    if (filter.until() != null) {
      range.append("$lt", firstDateFrom(filter.until()));
    }
    return new Document(column, range);
  }

  /** Dates have milliseconds: what is not before a time is not before the next of them. */
  private static BsonDateTime firstDateFrom(Instant time) {
    long seconds = time.getEpochSecond();
    if (Math.abs(seconds) >= Long.MAX_VALUE / 1_000) {
      return new BsonDateTime(seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
    long millis = time.toEpochMilli();
    return new BsonDateTime(Instant.ofEpochMilli(millis).equals(time) ? millis : millis + 1);
  }

  /** Returns the fields to read of documents of this library, or {@code null} for all. */
  static @Nullable Bson fields(Projection projection, Filter filter) {
    if (projection.isAll()) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    for (RecordKind kind : RecordKind.values()) {
      projection.columns(RecordSchema.of(kind)).forEach(column -> names.add(column.name()));
    }
    if (filter.since() != null || filter.until() != null) {
      for (RecordKind kind : RecordKind.values()) {
        names.add(RecordSchema.of(kind).timeColumn());
      }
    }
    return Projections.include(List.copyOf(names));
  }
}
