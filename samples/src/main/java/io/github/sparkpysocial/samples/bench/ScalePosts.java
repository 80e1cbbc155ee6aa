package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.sql.SparkSession;

/** Files of generated posts as harvests leave them, JSON Lines of some hundreds of bytes a post. */
final class ScalePosts {
  private static final int POSTS_A_FILE = 25_000;

  private ScalePosts() {}

  /**
   * Returns a directory with so many posts, the same ones each time; files that a run before has
   * left there are taken again. Spark's tasks write them, a file each.
   */
  static Path directory(SparkSession spark, Path parent, int posts) throws IOException {
    Path directory = Files.createDirectories(parent.resolve("bench-scale-" + posts));
    int files = (posts + POSTS_A_FILE - 1) / POSTS_A_FILE;
    List<Integer> numbers = IntStream.range(0, files).boxed().toList();
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(numbers, files)
        .foreachPartition(new Write(directory.toString(), posts));
    return directory;
  }

  private record Write(String directory, int posts) implements VoidFunction<Iterator<Integer>> {
    @Override
    public void call(Iterator<Integer> files) throws IOException {
      Community community = Community.builder().posts(posts).build();
      while (files.hasNext()) {
        int number = files.next();
        Path file = Path.of(directory, "posts-%05d.jsonl".formatted(number));
        if (Files.exists(file)) {
          continue;
        }
        Path unfinished = Path.of(directory, "unfinished-%05d".formatted(number));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
          int until = Math.min(posts, (number + 1) * POSTS_A_FILE);
          for (int i = number * POSTS_A_FILE; i < until; i++) {
            out.write(RecordLine.of(community.postAt(i)));
            out.write('\n');
          }
        }
        Path unused = Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
