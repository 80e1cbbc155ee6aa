package io.github.sparkpysocial.harvest;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Does work on a thread of its own, one piece after the other, while the caller goes on. An
 * interrupt of the caller does not reach it, so that no file is closed in the middle. Used by one
 * thread.
 */
final class WriteBehind implements AutoCloseable {
  private @Nullable ExecutorService thread;
  private @Nullable Future<?> underWay;

  /** Begins a piece of work; the one before has to be waited for. */
  void begin(Runnable work) {
    if (underWay != null) {
      throw new IllegalStateException("The work before was not waited for");
    }
    if (thread == null) {
      thread =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread writer = new Thread(task, "sparkpy-harvest-writer");
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
  void await() {
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

  /** Lets the thread end after what it does now. */
  @Override
  public void close() {
    if (thread != null) {
      thread.shutdown();
    }
  }
}
