package io.github.sparkpysocial.streaming.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.ml.frame.Schemas;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.state.Arrivals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Follows a directory into which files of posts are moved, as JSON Lines of this library ({@code
 * .jsonl}, {@code .jsonl.gz}). A file is read once, when it appears; it must be complete then, so
 * write it elsewhere and move it in.
 *
 * <p>What arrives is parted in two, and nothing is lost between them: {@link #posts} are sound and
 * come once; {@link #setAside} are lines that are no JSON, posts without key or text, and posts
 * whose time is missing or implausible, each with a reason. A time far in the future would move the
 * watermark there, and every later post would count as late; hence it is set aside before.
 *
 * <p>Each of the two is a stream of its own that reads the files itself; start both, each with its
 * own checkpoint. Records of other kinds are passed over. Immutable and thread-safe.
 */
public final class PostFiles {
  private static final String BROKEN = "_corrupt_record";

  private final SparkSession spark;
  private final Path directory;
  private final Arrivals arrivals;
  private final int filesPerTrigger;

  private PostFiles(Builder builder) {
    this.spark = builder.spark;
    this.directory = builder.directory;
    this.arrivals = builder.arrivals;
    this.filesPerTrigger = builder.filesPerTrigger;
  }

  /**
   * Returns a builder.
   *
   * @param directory that exists, readable under the same path on every executor
   * @throws IllegalArgumentException if it is no directory
   */
  public static Builder builder(SparkSession spark, Path directory) {
    return new Builder(spark, directory);
  }

  /**
   * Returns the sound posts as a stream with the columns of {@code Schemas.of(RecordKind.POST)} and
   * a watermark on {@code created_at}.
   *
   * <p>Of posts with the same network and id the first to arrive stays. Keys are remembered until
   * the watermark, the latest {@code created_at} seen less the horizon, has passed them by the
   * horizon; so the state is bounded, and a repetition that comes later is let through. A post
   * older than the watermark is late and left out.
   */
  public Dataset<Row> posts() {
    return arrivals.sound(lines().where(col(BROKEN).isNull()).drop(BROKEN));
  }

  /**
   * Returns what is not sound as a stream with columns {@code reason}, {@code network}, {@code id},
   * {@code created_at}, {@code source_file} and {@code line}, the line as it was read if it is no
   * JSON.
   */
  public Dataset<Row> setAside() {
    return lines()
        .withColumn("reason", reason())
        .where(col("reason").isNotNull())
        .select(
            col("reason"),
            col("network"),
            col("id"),
            col("created_at"),
            col("_metadata.file_path").as("source_file"),
            col(BROKEN).as("line"));
  }

  private Dataset<Row> lines() {
    StructType schema = Schemas.of(RecordKind.POST).add(BROKEN, DataTypes.StringType, true);
    return spark
        .readStream()
        .schema(schema)
        .option("columnNameOfCorruptRecord", BROKEN)
        .option("maxFilesPerTrigger", filesPerTrigger)
        .option("pathGlobFilter", "*.jsonl{,.gz}")
        .json("file:" + directory)
        .where(col("record").equalTo(RecordKind.POST.wireName()).or(col(BROKEN).isNotNull()));
  }

  private Column reason() {
    return when(col(BROKEN).isNotNull(), lit("the line is no JSON object of a post"))
        .otherwise(arrivals.reason());
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final SparkSession spark;
    private final Path directory;
    private Arrivals arrivals = Arrivals.DEFAULT;
    private int filesPerTrigger = 100;

    private Builder(SparkSession spark, Path directory) {
      this.spark = Objects.requireNonNull(spark, "spark");
      this.directory = directory.toAbsolutePath();
      if (!Files.isDirectory(directory)) {
        throw new IllegalArgumentException(
            "There is no directory " + directory + " to follow; make it first");
      }
    }

    /** Sets which posts are sound. Default: {@link Arrivals#DEFAULT}. */
    public Builder arrivals(Arrivals newArrivals) {
      this.arrivals = Objects.requireNonNull(newArrivals, "newArrivals");
      return this;
    }

    /** Sets how many files a batch takes at most. Default: 100. */
    public Builder filesPerTrigger(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("filesPerTrigger must be positive, was " + count);
      }
      this.filesPerTrigger = count;
      return this;
    }

    /** Returns the source; nothing is read yet. */
    public PostFiles build() {
      return new PostFiles(this);
    }
  }
}
