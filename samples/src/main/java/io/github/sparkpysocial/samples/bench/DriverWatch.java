package io.github.sparkpysocial.samples.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what the tasks of each stage send to the driver. */
final class DriverWatch extends SparkListener {
  private final Map<Integer, AtomicLong> bytes = new ConcurrentHashMap<>();

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      bytes
          .computeIfAbsent(end.stageId(), stage -> new AtomicLong())
          .addAndGet(end.taskMetrics().resultSize());
    }
  }

  /** Returns the most that one stage has sent. */
  long most() {
    return bytes.values().stream().mapToLong(AtomicLong::get).max().orElse(0);
  }
}
