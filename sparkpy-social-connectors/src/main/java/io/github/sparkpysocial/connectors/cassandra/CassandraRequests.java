package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.time.TimestampGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Sends statements, many at once but never more than the server can take. */
final class CassandraRequests {
  private static final int AT_ONCE = 64;

  /** The driver's own, or what a test puts around it. */
  interface Sender extends Function<Statement<?>, CompletionStage<AsyncResultSet>> {}

  private final CqlSession session;
  private final Sender sender;
  private final TimestampGenerator clock;
  private final Function<Throwable, RuntimeException> failure;

  CassandraRequests(
      CqlSession session, Sender sender, Function<Throwable, RuntimeException> failure) {
    this.session = session;
    this.sender = sender;
    this.clock = session.getContext().getTimestampGenerator();
    this.failure = failure;
  }

  /** Returns a statement, prepared once. */
  PreparedStatement prepare(String cql) {
    try {
      return session.prepare(cql);
    } catch (RuntimeException e) {
      throw failure.apply(e);
    }
  }

  /** Returns the time of a write in microseconds, later than all before. */
  long timestamp() {
    return clock.next();
  }

  /** Sends one statement and does not wait. */
  CompletionStage<AsyncResultSet> send(Statement<?> statement) {
    return sender.apply(statement);
  }

  /** Waits for an answer. */
  AsyncResultSet await(CompletionStage<AsyncResultSet> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw failure.apply(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Sends all statements and waits for all answers. After a failure none is sent that was not yet,
   * and the failure is thrown when those under way have ended.
   *
   * @return the first page of each answer, in order
   */
  List<AsyncResultSet> all(List<? extends Statement<?>> statements) {
    Semaphore free = new Semaphore(AT_ONCE);
    AtomicBoolean failed = new AtomicBoolean();
    List<CompletableFuture<AsyncResultSet>> answers = new ArrayList<>(statements.size());
    for (Statement<?> statement : statements) {
      free.acquireUninterruptibly();
      if (failed.get()) {
        break;
      }
      answers.add(
          send(statement)
              .whenComplete(
                  (answer, error) -> {
                    if (error != null) {
                      failed.set(true);
                    }
                    free.release();
                  })
              .toCompletableFuture());
    }
    CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
        .exceptionally(anyFailure -> null)
        .join();
    List<AsyncResultSet> pages = new ArrayList<>(answers.size());
    for (CompletableFuture<AsyncResultSet> answer : answers) {
      pages.add(await(answer));
    }
    return pages;
  }
}
