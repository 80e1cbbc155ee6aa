package io.github.sparkpysocial.samples.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/**
 * The program that is submitted: runs the {@link Pipelines} and tells on its standard output what
 * happens, a line each: {@code executor ID PID}, {@code part NAME}, {@code task ID}; at last {@code
 * results JSON}.
 */
public final class ClusterJob {
  private ClusterJob() {}

  /** Takes what {@link Pipelines} takes: records, journal, servers of Kafka, a directory. */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().appName("cluster test").getOrCreate()) {
      spark.sparkContext().addSparkListener(new Telling());
      executors(spark).forEach(ClusterJob::tell);
      Map<String, String> results =
          new Pipelines(spark, Path.of(args[0]), Path.of(args[1]), args[2], Path.of(args[3]))
              .run(part -> tell("part " + part));
      executors(spark).forEach(ClusterJob::tell);
      tell("results " + new ObjectMapper().writeValueAsString(results));
    }
  }

  private static synchronized void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Asks tasks where they are. */
  private static Set<String> executors(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = IntStream.range(0, 8).boxed().toList();
    return Set.copyOf(
        context
            .parallelize(numbers, numbers.size())
            .map(
                number ->
                    "executor " + SparkEnv.get().executorId() + " " + ProcessHandle.current().pid())
            .distinct()
            .collect());
  }

  /** Tells of the first tasks of each stage on each executor. */
  private static final class Telling extends SparkListener {
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      String executor = start.taskInfo().executorId();
      if (told.add(start.stageId() + " " + executor)) {
        tell("task " + executor);
      }
    }
  }
}
