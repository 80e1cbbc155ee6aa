package io.github.sparkpysocial.spi;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Does work on a thread of its own, one piece after the other, while the caller goes on to prepare
 * the next. An interrupt of the caller does not reach it, so that no file is closed in the middle.
 * Used by one thread; what the work changes is seen by it after {@link #await()}.
 */
public final class WriteBehind implements AutoCloseable {
  private final String name;
  private @Nullable ExecutorService thread;
  private @Nullable Future<?> underWay;

  /**
   * Makes one, whose thread starts with the first work.
   *
   * @param name of the thread
   */
  public WriteBehind(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /**
   * Begins a piece of work.
   *
   * @throws IllegalStateException if the one before was not waited for
   */
  public void begin(Runnable work) {
    if (underWay != null) {
      throw new IllegalStateException("The work before was not waited for");
    }
    if (thread == null) {
      thread =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread writer = new Thread(task, name);
                writer.setDaemon(true);
                return writer;
              });
    }
    underWay = thread.submit(work);
  }

  /**
   * Waits until nothing is under way; when the thread is interrupted it waits all the same, and
   * stays interrupted. Throws what the work threw.
   */
  public void await() {
    Future<?> work = underWay;
    underWay = null;
    boolean interrupted = false;
    try {
      while (work != null) {
        try {
          work.get();
          work = null;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          if (e.getCause() instanceof Error failure) {
            throw failure;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the thread end after what it does now, for which it does not wait. */
  @Override
  public void close() {
    if (thread != null) {
      thread.shutdown();
    }
  }
}
