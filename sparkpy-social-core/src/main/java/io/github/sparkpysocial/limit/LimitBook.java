package io.github.sparkpysocial.limit;

import java.time.Instant;
import java.util.List;

/** Where the state of limits is kept. Implementations are thread-safe. */
interface LimitBook {

  /**
   * Takes permission for a request, or says how long to wait before asking again.
   *
   * @param holder who takes it, if not this process: {@link KeyState#REMOTE}, else empty
   */
  Ask.Turn acquire(Ask ask, String holder);

  /**
   * Notes what an answer says; settles the turn.
   *
   * @param received when it came, on the local clock; what it tells counts from then
   */
  void answered(
      Ask ask,
      Ask.Turn turn,
      Instant received,
      Instant serverTime,
      LimitSignal signal,
      LimitReach reach);

  /** Notes that there was no answer, so that the server may have counted it; settles the turn. */
  void unanswered(Ask ask, Ask.Turn turn);

  /** Sets the credential of a turn aside while there are others. */
  void refused(Ask ask, Ask.Turn turn);

  /** Returns what is known of the quota of a request by one of its credentials. */
  RateLimit snapshot(Ask ask, int credential);

  /** Returns what is known of all quotas, in no order. */
  List<RateLimit> known();
}
