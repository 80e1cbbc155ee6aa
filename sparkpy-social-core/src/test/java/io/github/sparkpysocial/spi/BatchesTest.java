package io.github.sparkpysocial.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.store.WriteSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final List<List<Integer>> written = Collections.synchronizedList(new ArrayList<>());

  private WriteSummary write(List<Integer> batch) {
    written.add(List.copyOf(batch));
    return new WriteSummary(batch.size(), 0, 0, 0, 0);
  }

  @Test
  void everythingIsWrittenOnceAndInOrder() {
    try (Batches<Integer> batches = new Batches<>(3, this::write)) {
      IntStream.rangeClosed(1, 8).forEach(n -> batches.add(n, 1));
      assertThat(batches.finish().inserted()).isEqualTo(8);
    }
    assertThat(written).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7, 8));
  }

  @Test
  void longTextsEndABatchEarly() {
    try (Batches<Integer> batches = new Batches<>(100, this::write)) {
      batches.add(1, 5 << 20);
      batches.add(2, 5 << 20);
      batches.add(3, 1);
      batches.finish();
    }
    assertThat(written).containsExactly(List.of(1, 2), List.of(3));
  }

  @Test
  void theNextBatchIsGatheredWhileOneIsWritten() throws Exception {
    CountDownLatch gathered = new CountDownLatch(1);
    AtomicReference<Thread> writer = new AtomicReference<>();
    try (Batches<Integer> batches =
        new Batches<>(
            2,
            batch -> {
              writer.compareAndSet(null, Thread.currentThread());
              awaitUninterruptibly(gathered);
              return write(batch);
            })) {
      batches.add(1, 1);
      batches.add(2, 1);
      batches.add(3, 1);
      assertThat(written).isEmpty();
      gathered.countDown();
      batches.finish();
    }
    assertThat(written).containsExactly(List.of(1, 2), List.of(3));
    assertThat(writer.get()).isNotEqualTo(Thread.currentThread());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingIsWrittenAfterABatchThatFailed() {
    try (Batches<Integer> batches =
        new Batches<>(
            1,
            batch -> {
              if (batch.get(0) == 2) {
                throw new IllegalStateException("full");
              }
              return write(batch);
            })) {
      batches.add(1, 1);
      batches.add(2, 1);
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> batches.add(3, 1))
          .withMessage("full");
    }
    assertThat(written).containsExactly(List.of(1));
  }

  @Test
  void closingWaitsForWhatIsBeingWritten() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    Batches<Integer> batches =
        new Batches<>(
            1,
            batch -> {
              begun.countDown();
              awaitUninterruptibly(closing);
              return write(batch);
            });
    batches.add(1, 1);
    begun.await();
    Thread other = new Thread(closing::countDown);
    other.start();
    batches.close();
    assertThat(written).containsExactly(List.of(1));
    other.join();
  }

  @Test
  void aBatchHasToHoldSomething() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batches<Integer>(0, this::write))
        .withMessageContaining("positive");
  }
}
