package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A time for several threads that passes when all of them sleep. One of them runs at a time, the
 * one that woke first, so that every run is the same.
 */
final class ManyCallersTiming implements Timing {
  private record Sleeper(Instant wakesAt, long number) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(Comparator.comparing(Sleeper::wakesAt).thenComparing(Sleeper::number));
  private Instant now;
  private long number;
  private @Nullable Sleeper running;

  ManyCallersTiming(Instant start) {
    this.now = start;
  }

  /** Runs callers until all are done. */
  void run(List<? extends Runnable> callers) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    synchronized (this) {
      for (Runnable caller : callers) {
        Sleeper first = new Sleeper(now, number++);
        sleepers.add(first);
        threads.add(
            new Thread(
                () -> {
                  try {
                    await(first);
                    caller.run();
                  } catch (Throwable e) {
                    synchronized (failures) {
                      failures.add(e);
                    }
                  } finally {
                    next();
                  }
                }));
      }
    }
    threads.forEach(Thread::start);
    next();
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("A caller failed", failures.get(0));
    }
  }

  private synchronized void next() {
    running = sleepers.poll();
    if (running != null && running.wakesAt().isAfter(now)) {
      now = running.wakesAt();
    }
    notifyAll();
  }

  private synchronized void await(Sleeper self) throws InterruptedException {
    while (running == null || running.number() != self.number()) {
      wait();
    }
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Sleeper self;
    synchronized (this) {
      self = new Sleeper(now.plus(duration), number++);
      sleepers.add(self);
    }
    next();
    await(self);
  }
}
