package io.github.sparkpysocial.streaming.window;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import scala.Tuple2;

/** Keeps the values with the largest counts, never more than asked for; each value comes once. */
final class TopCounts
    extends Aggregator<Tuple2<String, Long>, TopCounts.Largest, TopCounts.Largest> {
  private static final long serialVersionUID = 1L;

  private final int k;

  TopCounts(int k) {
    this.k = k;
  }

  /** The largest so far; the order of Spark's beans. */
  public static final class Largest implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private List<String> values = List.of();
    private List<Long> counts = List.of();

    /** Called by Spark. */
    public Largest() {}

    Largest(List<Tuple2<String, Long>> pairs) {
      this.values = pairs.stream().map(Tuple2::_1).toList();
      this.counts = pairs.stream().map(Tuple2::_2).toList();
    }

    /** Returns the values, the largest first. */
    public List<String> getValues() {
      return values;
    }

    /** Called by Spark. */
    public void setValues(List<String> values) {
      this.values = values;
    }

    /** Returns their counts. */
    public List<Long> getCounts() {
      return counts;
    }

    /** Called by Spark. */
    public void setCounts(List<Long> counts) {
      this.counts = counts;
    }

    private java.util.stream.Stream<Tuple2<String, Long>> pairs() {
      return IntStream.range(0, values.size())
          .mapToObj(i -> new Tuple2<>(values.get(i), counts.get(i)));
    }
  }

  @Override
  public Largest zero() {
    return new Largest();
  }

  @Override
  public Largest reduce(Largest largest, Tuple2<String, Long> pair) {
    return merge(largest, new Largest(List.of(pair)));
  }

  @Override
  public Largest merge(Largest one, Largest other) {
    Comparator<Tuple2<String, Long>> order = Comparator.comparing(pair -> -pair._2());
    return new Largest(
        java.util.stream.Stream.concat(one.pairs(), other.pairs())
            .sorted(order.thenComparing(Tuple2::_1))
            .limit(k)
            .toList());
  }

  @Override
  public Largest finish(Largest largest) {
    return largest;
  }

  @Override
  public Encoder<Largest> bufferEncoder() {
    return Encoders.bean(Largest.class);
  }

  @Override
  public Encoder<Largest> outputEncoder() {
    return Encoders.bean(Largest.class);
  }
}
