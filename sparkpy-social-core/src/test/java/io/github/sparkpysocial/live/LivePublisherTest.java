package io.github.sparkpysocial.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of reactive streams that a subscriber relies on. */
@Timeout(30)
class LivePublisherTest {
  private static final Object COMPLETE = "complete";

  private final FakeNetwork network = FakeNetwork.withSearch();
  private final LiveStream stream =
      LiveStream.builder(network).timing(new TestTiming()).withoutFilling().open();
  private final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription given;

  @AfterEach
  void close() {
    stream.close();
  }

  private final class Recording implements Flow.Subscriber<LiveEvent> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      given = subscription;
    }

    @Override
    public void onNext(LiveEvent event) {
      signals.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure);
    }

    @Override
    public void onComplete() {
      signals.add(COMPLETE);
    }
  }

  private Flow.Subscription subscription() {
    return Objects.requireNonNull(given, "the publisher gave a subscription");
  }

  private Object signal() throws InterruptedException {
    return Objects.requireNonNull(signals.poll(20, TimeUnit.SECONDS), "a signal");
  }

  @Test
  void eventsComeAsTheyAreAskedForAndNoMore() throws Exception {
    stream.publisher().subscribe(new Recording());
    network.awaitConnection(1);
    network.happen(10);
    assertThat(signals).isEmpty();

    subscription().request(1);
    assertThat(signal()).isInstanceOf(LiveEvent.Connected.class);
    subscription().request(2);
    assertThat(signal()).isInstanceOf(LiveEvent.Records.class);
    assertThat(signal()).isInstanceOf(LiveEvent.Records.class);
    assertThat(signals).as("two were asked for").isEmpty();
    subscription().request(Long.MAX_VALUE);
    subscription().request(Long.MAX_VALUE);
    for (int i = 3; i <= 10; i++) {
      assertThat(signal()).isInstanceOf(LiveEvent.Records.class);
    }

    stream.close();

    assertThat(signal()).isEqualTo(COMPLETE);
    assertThat(signals).isEmpty();
  }

  @Test
  void whoAsksForNothingHearsOfTheEnd() throws Exception {
    stream.publisher().subscribe(new Recording());
    stream.close();
    assertThat(signal()).isEqualTo(COMPLETE);
  }

  @Test
  void whatNobodyAskedForIsNotGivenAtTheEnd() throws Exception {
    stream.publisher().subscribe(new Recording());
    network.awaitConnection(1);
    network.happen(3);

    stream.close();

    assertThat(signal()).isEqualTo(COMPLETE);
    assertThat(signals).isEmpty();
  }

  @Test
  void aRefusalForGoodIsAnError() throws Exception {
    stream.publisher().subscribe(new Recording());
    network.awaitConnection(1);
    network.refuse(new LiveRefusedException(LiveRefusedException.Kind.FINAL, null, "no"));
    network.cut();
    subscription().request(100);
    assertThat(signal()).isInstanceOf(LiveEvent.Connected.class);
    assertThat(signal()).isInstanceOf(LiveEvent.Disconnected.class);
    assertThat(signal()).isInstanceOf(LiveEndedException.class);
    assertThat(signals).isEmpty();
  }

  @Test
  void cancellingClosesTheStreamWithoutAnotherSignal() throws Exception {
    stream.publisher().subscribe(new Recording());
    subscription().request(1);
    assertThat(signal()).isInstanceOf(LiveEvent.Connected.class);

    subscription().cancel();
    subscription().cancel();
    subscription().request(1);

    assertThat(stream.isClosed()).isTrue();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("live-publisher")) {
        thread.join(10_000);
      }
    }
    assertThat(signals).isEmpty();
  }

  @Test
  void askingForLessThanOneIsAnError() throws Exception {
    stream.publisher().subscribe(new Recording());
    subscription().request(0);
    assertThat(signal()).isInstanceOf(IllegalArgumentException.class);
    assertThat(stream.isClosed()).isTrue();
  }

  @Test
  void aSecondSubscriberIsRefused() throws Exception {
    Flow.Publisher<LiveEvent> publisher = stream.publisher();
    publisher.subscribe(new Recording());
    publisher.subscribe(new Recording());
    assertThat(signal()).isInstanceOf(IllegalStateException.class);
    assertThat(network.asked().size()).isLessThanOrEqualTo(1);
    network.refuse(new IOException("never asked for"));
  }
}
