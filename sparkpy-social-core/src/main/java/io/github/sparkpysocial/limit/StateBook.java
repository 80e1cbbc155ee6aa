package io.github.sparkpysocial.limit;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/** A book that keeps a {@link HostState} for each server, changed by one caller at a time. */
abstract class StateBook implements LimitBook {

  /** Changes or reads the state of a server while nobody else can. */
  abstract <T> T with(String host, BiFunction<HostState, Instant, T> use);

  @Override
  public Ask.Turn acquire(Ask ask, String holder) {
    return with(ask.host(), (state, now) -> state.acquire(now, ask, holder));
  }

  @Override
  public void answered(
      Ask ask,
      Ask.Turn turn,
      Instant received,
      Instant serverTime,
      LimitSignal signal,
      LimitReach reach) {
    with(
        ask.host(),
        (state, now) -> {
          state.answered(received, ask, turn, serverTime, signal, reach);
          return state;
        });
  }

  @Override
  public void unanswered(Ask ask, Ask.Turn turn) {
    with(
        ask.host(),
        (state, now) -> {
          state.unanswered(now, ask, turn);
          return state;
        });
  }

  @Override
  public void refused(Ask ask, Ask.Turn turn) {
    with(
        ask.host(),
        (state, now) -> {
          state.refused(now, ask.credentials().get(turn.credential()));
          return state;
        });
  }

  @Override
  public RateLimit snapshot(Ask ask, int credential) {
    return with(ask.host(), (state, now) -> state.snapshot(now, ask, credential));
  }

  /** In the memory of this process. */
  static final class InMemory extends StateBook {
    private final Timing timing;
    private final ConcurrentMap<String, HostState> hosts = new ConcurrentHashMap<>();

    InMemory(Timing timing) {
      this.timing = timing;
    }

    @Override
    <T> T with(String host, BiFunction<HostState, Instant, T> use) {
      HostState state = hosts.computeIfAbsent(host, name -> new HostState());
      synchronized (state) {
        return use.apply(state, timing.now());
      }
    }

    @Override
    public List<RateLimit> known() {
      return hosts.keySet().stream()
          .flatMap(host -> with(host, (state, now) -> state.known(now)).stream())
          .toList();
    }
  }
}
