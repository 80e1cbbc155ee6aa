package io.github.sparkpysocial.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
  @Test
  void theCallerGoesOnWhileTheWorkIsDone() {
    CountDownLatch callerWentOn = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    try (WriteBehind behind = new WriteBehind("writer")) {
      behind.begin(
          () -> {
            await(callerWentOn);
            done.set(true);
          });
      assertThat(done).isFalse();
      callerWentOn.countDown();
      behind.await();

      assertThat(done).isTrue();
    }
  }

  @Test
  void whatTheWorkThrowsReachesTheCaller() {
    try (WriteBehind behind = new WriteBehind("writer")) {
      behind.begin(
          () -> {
            throw new StoreException("The disk is full");
          });

      assertThatThrownBy(behind::await)
          .isInstanceOf(StoreException.class)
          .hasMessage("The disk is full");
      behind.await(); // and once only
    }
  }

  @Test
  void anInterruptWaitsUntilTheWorkIsDone() {
    AtomicBoolean interruptedWork = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    try (WriteBehind behind = new WriteBehind("writer")) {
      behind.begin(
          () -> {
            await(go);
            interruptedWork.set(Thread.currentThread().isInterrupted());
          });
      Thread.currentThread().interrupt();
      go.countDown();
      behind.await();

      assertThat(Thread.interrupted()).as("the caller stays interrupted").isTrue();
      assertThat(interruptedWork).isFalse();
    }
  }

  @Test
  void oneThingAtATime() {
    CountDownLatch go = new CountDownLatch(1);
    try (WriteBehind behind = new WriteBehind("writer")) {
      behind.begin(() -> await(go));

      assertThatThrownBy(() -> behind.begin(() -> {})).isInstanceOf(IllegalStateException.class);
      go.countDown();
      behind.await();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
