package io.github.sparkpysocial.live;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A live stream for one subscriber of {@link Flow}. */
final class LivePublisher implements Flow.Publisher<LiveEvent> {
  private final LiveStream stream;
  private final AtomicBoolean taken = new AtomicBoolean();

  LivePublisher(LiveStream stream) {
    this.stream = stream;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super LiveEvent> subscriber) {
    if (!taken.compareAndSet(false, true)) {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(new IllegalStateException("A live stream has one subscriber"));
      return;
    }
    Subscription subscription = new Subscription(subscriber);
    subscriber.onSubscribe(subscription);
    Thread thread = new Thread(subscription, "live-publisher");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a subscriber gets that comes too late. */
  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long items) {}

    @Override
    public void cancel() {}
  }

  /** Hands events on as they are asked for. */
  private final class Subscription implements Flow.Subscription, Runnable {
    private final Flow.Subscriber<? super LiveEvent> subscriber;
    private final Object lock = new Object();
    private long wanted;
    private boolean cancelled;
    private boolean invalid;

    Subscription(Flow.Subscriber<? super LiveEvent> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long items) {
      synchronized (lock) {
        if (items < 1) {
          invalid = true;
        } else {
          wanted = wanted + items < 0 ? Long.MAX_VALUE : wanted + items;
        }
        lock.notifyAll();
      }
      if (items < 1) {
        stream.close();
      }
    }

    @Override
    public void cancel() {
      synchronized (lock) {
        cancelled = true;
        lock.notifyAll();
      }
      stream.close();
    }

    @Override
    public void run() {
      try {
        while (isWanted()) {
          LiveEvent event = stream.next();
          if (!isOpen()) {
            break;
          }
          if (event == null) {
            subscriber.onComplete();
            return;
          }
          subscriber.onNext(event);
        }
        if (isInvalid()) {
          subscriber.onError(new IllegalArgumentException("request asks for at least 1 event"));
        } else if (isOpen()) { // it is over, and nothing was asked for
          hearOfTheEnd();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stream.close();
      } catch (RuntimeException e) {
        stream.close();
        subscriber.onError(e);
      }
    }

    /**
     * What nobody asked for is not given; why it ended, if not in order, comes out of the stream.
     */
    private void hearOfTheEnd() throws InterruptedException {
      LiveEvent left;
      do {
        left = stream.next();
      } while (left != null);
      subscriber.onComplete();
    }

    /**
     * Waits until the subscriber wants an event, and counts it; false if it never will, or the
     * stream was closed before it did.
     */
    private boolean isWanted() throws InterruptedException {
      synchronized (lock) {
        while (wanted == 0 && !cancelled && !invalid && !stream.isClosed()) {
          lock.wait(WAKE_MILLIS);
        }
        if (cancelled || invalid || wanted == 0) {
          return false;
        }
        if (wanted < Long.MAX_VALUE) {
          wanted--;
        }
        return true;
      }
    }

    private boolean isOpen() {
      synchronized (lock) {
        return !cancelled && !invalid;
      }
    }

    private boolean isInvalid() {
      synchronized (lock) {
        return invalid && !cancelled;
      }
    }
  }

  /** A subscriber that asks for nothing hears of the end by itself. */
  private static final long WAKE_MILLIS = 200;
}
