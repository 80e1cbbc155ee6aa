package io.github.sparkpysocial.limit;

/** Hears of waits before they begin. Called on the thread that waits, and by several at once. */
@FunctionalInterface
public interface LimitListener {

  /** Hears of nothing. */
  LimitListener NONE = wait -> {};

  /** A thread is about to wait. */
  void waiting(LimitWait wait);
}
