package io.github.sparkpysocial.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.RecordCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  /** Gives posts, and then fails, ends, or waits for ever. */
  private static class Numbers implements RecordCursor {
    private final long count;
    private final int rawLength;
    private final AtomicLong given = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    Numbers(long count, int rawLength) {
      this.count = count;
      this.rawLength = rawLength;
    }

    @Override
    public boolean hasNext() {
      return given.get() < count || atEnd();
    }

    boolean atEnd() {
      return false;
    }

    @Override
    public SocialRecord next() {
      return Post.builder(Network.X, "id" + given.getAndIncrement(), "")
          .raw("x".repeat(rawLength))
          .build();
    }

    @Override
    public long quarantined() {
      return 0;
    }

    @Override
    public long duplicates() {
      return 0;
    }

    @Override
    public Map<String, Long> unknownFields() {
      return Map.of("new_field", given.get());
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void allComeInOrder() {
    Numbers numbers = new Numbers(2_000, 0);
    List<String> ids = new ArrayList<>();

    try (ReadAhead records = new ReadAhead(numbers)) {
      records.forEachRemaining(record -> ids.add(record.id()));
      assertThat(records.given()).isEqualTo(2_000);
      assertThat(records.unknownFields()).containsEntry("new_field", 2_000L);
    }

    assertThat(ids)
        .hasSize(2_000)
        .startsWith("id0", "id1")
        .endsWith("id1999")
        .doesNotHaveDuplicates();
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void aFailureComesAfterTheRecordsBeforeIt() {
    Numbers numbers =
        new Numbers(1_000, 0) {
          @Override
          boolean atEnd() {
            throw new StoreException("the disk is gone");
          }
        };
    List<SocialRecord> read = new ArrayList<>();

    try (ReadAhead records = new ReadAhead(numbers)) {
      assertThatThrownBy(() -> records.forEachRemaining(read::add))
          .isInstanceOf(StoreException.class)
          .hasMessage("the disk is gone");
    }

    assertThat(read).hasSize(1_000);
    assertThat(numbers.closed).isTrue();
  }

  @Test
  void whoStopsEarlyLeavesNothingOpenAndLittleIsReadAhead() {
    Numbers numbers = new Numbers(Long.MAX_VALUE, 200_000);

    try (ReadAhead records = new ReadAhead(numbers)) {
      records.next();
    }

    assertThat(numbers.closed).isTrue();
    assertThat(numbers.given).hasValueLessThan(6 * 8); // chunks of a million characters
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch forEver = new CountDownLatch(1);
    Numbers numbers =
        new Numbers(0, 0) {
          @Override
          boolean atEnd() {
            waiting.countDown();
            try {
              forEver.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return false;
          }
        };
    AtomicBoolean interrupted = new AtomicBoolean();
    ReadAhead records = new ReadAhead(numbers);
    Thread reader =
        new Thread(
            () -> {
              assertThatThrownBy(records::hasNext).hasMessageContaining("run it again");
              interrupted.set(Thread.currentThread().isInterrupted());
            });

    reader.start();
    waiting.await();
    reader.interrupt();
    reader.join();
    forEver.countDown();
    records.close();

    assertThat(interrupted).isTrue();
    assertThat(numbers.closed).isTrue();
  }
}
