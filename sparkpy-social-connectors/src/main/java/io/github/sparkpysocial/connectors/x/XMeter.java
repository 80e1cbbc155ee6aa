package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.limit.UsageCapException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a stream brings against a cap, some items at a time, so that the file of caps is not
 * written for each. Thread-safe.
 */
final class XMeter {
  private static final long BLOCK = 50;

  private final SpendingCap cap;
  private final String what;
  private final BigDecimal price;
  private SpendingCap.@Nullable Reservation block;
  private long used;

  XMeter(SpendingCap cap, String what, BigDecimal price) {
    this.cap = cap;
    this.what = what;
    this.price = price;
  }

  /**
   * Makes sure that there is something left.
   *
   * @throws UsageCapException if there is not
   */
  synchronized void open() {
    if (block == null || used >= block.granted()) {
      close();
      block = cap.reserve(what, BLOCK, price);
    }
  }

  /**
   * Counts items that came.
   *
   * @throws UsageCapException if nothing is left for more; these are counted all the same
   */
  synchronized void count(long items) {
    used += items;
    open();
  }

  /** Gives back what was reserved and did not come. */
  synchronized void close() {
    if (block != null) {
      block.settle(used);
    }
    block = null;
    used = 0;
  }
}
