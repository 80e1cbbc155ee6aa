package io.github.sparkpysocial.samples.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what Spark's tasks say that they read, shuffled, spilled and sent to the driver. */
final class StageWatch extends SparkListener {
  private long tasks;
  private long inputBytes;
  private long shuffleBytes;
  private long shuffleRecords;
  private long spilledBytes;
  private long taskMemoryBytes;
  private long driverBytes;

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    if (metrics == null) {
      return;
    }
    tasks++;
    inputBytes += metrics.inputMetrics().bytesRead();
    shuffleBytes += metrics.shuffleWriteMetrics().bytesWritten();
    shuffleRecords += metrics.shuffleWriteMetrics().recordsWritten();
    spilledBytes += metrics.diskBytesSpilled();
    taskMemoryBytes = Math.max(taskMemoryBytes, metrics.peakExecutionMemory());
    driverBytes += metrics.resultSize();
  }

  /** Returns what was added up: {@code driverBytes} include a few KB of metrics a task. */
  synchronized Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("tasks", tasks);
    figures.put("inputBytes", inputBytes);
    figures.put("shuffleBytes", shuffleBytes);
    figures.put("shuffleRecords", shuffleRecords);
    figures.put("spilledBytes", spilledBytes);
    figures.put("taskMemoryBytes", taskMemoryBytes);
    figures.put("driverBytes", driverBytes);
    return figures;
  }
}
