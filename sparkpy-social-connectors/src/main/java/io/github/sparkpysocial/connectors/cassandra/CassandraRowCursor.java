package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.github.sparkpysocial.store.Filter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The finished rows of several reads, one read after the other, with a few pages fetched ahead and
 * never more.
 */
final class CassandraRowCursor implements Iterator<Row> {
  private static final int READS_AHEAD = 4;

  private final CassandraRequests requests;
  private final Iterator<? extends Statement<?>> statements;
  private final Filter filter;
  private final Deque<CompletionStage<AsyncResultSet>> coming = new ArrayDeque<>();
  private @Nullable Iterator<Row> page;
  private @Nullable Row next;

  CassandraRowCursor(
      CassandraRequests requests, Iterator<? extends Statement<?>> statements, Filter filter) {
    this.requests = requests;
    this.statements = statements;
    this.filter = filter;
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (page != null && page.hasNext()) {
        Row row = page.next();
        next = isWanted(row) ? row : null;
      } else if (!fetch()) {
        return false;
      }
    }
    return true;
  }

  private boolean fetch() {
    while (coming.size() < READS_AHEAD && statements.hasNext()) {
      coming.add(requests.send(statements.next()));
    }
    CompletionStage<AsyncResultSet> first = coming.poll();
    if (first == null) {
      return false;
    }
    AsyncResultSet answer = requests.await(first);
    if (answer.hasMorePages()) {
      coming.addFirst(answer.fetchNextPage());
    }
    page = answer.currentPage().iterator();
    return true;
  }

  /** What the server was not asked, since it cannot tell, or only by reading everything. */
  private boolean isWanted(Row row) {
    if (row.isNull("content")) {
      return false;
    }
    if (!filter.ids().isEmpty() && !filter.ids().contains(String.valueOf(row.getString("id")))) {
      return false;
    }
    if (!filter.kinds().isEmpty()
        && filter.kinds().stream()
            .noneMatch(kind -> kind.wireName().equals(row.getString("record")))) {
      return false;
    }
    if (filter.since() == null && filter.until() == null) {
      return true;
    }
    Instant time = row.getInstant("happened_at");
    return time != null
        && !Position.NO_DAY.equals(row.getString("day"))
        && (filter.since() == null || !time.isBefore(filter.since()))
        && (filter.until() == null || time.isBefore(filter.until()));
  }

  @Override
  public Row next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("All rows were read");
    }
    Row row = next;
    next = null;
    return row;
  }
}
