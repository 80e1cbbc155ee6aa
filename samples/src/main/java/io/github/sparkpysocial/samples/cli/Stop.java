package io.github.sparkpysocial.samples.cli;

import java.time.Duration;

/**
 * Lets a command end by itself when the person stops it: the signal interrupts the thread that
 * works and waits until it has put its things in order.
 */
final class Stop {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static volatile boolean stopping;

  private final Thread worker;
  private volatile boolean ended;

  private Stop(Thread worker) {
    this.worker = worker;
  }

  /** Watches for the signal on behalf of the calling thread. */
  static Stop onSignal() {
    Stop stop = new Stop(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(stop::stopWorker, "sparkpy-stop"));
    return stop;
  }

  /** Returns whether the process is being stopped. */
  static boolean isStopping() {
    return stopping;
  }

  /** Ends the process; if it is being stopped already, only the calling thread. */
  void end(int exitCode) {
    ended = true;
    if (!stopping) {
      System.exit(exitCode);
    }
  }

  private void stopWorker() {
    if (ended) {
      return;
    }
    stopping = true;
    worker.interrupt();
    try {
      worker.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
