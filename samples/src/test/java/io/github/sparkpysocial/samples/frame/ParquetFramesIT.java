package io.github.sparkpysocial.samples.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Frames of Parquet, by Spark's own reader and by our own store. */
class ParquetFramesIT extends NativeFramesContract {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @TempDir static Path directory;

  @Override
  SparkSession spark() {
    return SPARK.session();
  }

  @Override
  PlaceUri place(String name) {
    return PlaceUri.parse(directory.resolve(name + ".parquet").toString());
  }

  @Override
  String scan() {
    return "FileScan parquet";
  }

  /** One small file, which Spark does not split. */
  @Override
  int tasks() {
    return 1;
  }

  @Test
  void conditionsReachTheFile() {
    Dataset<Row> posts = Frames.of(spark(), filled("asked"), RecordKind.POST);

    assertThat(
            Plans.of(posts.where("created_at >= TIMESTAMP '2026-11-01 00:08:00'"))
                .pushed()
                .get(0)
                .query())
        .contains("GreaterThanOrEqual(created_at,2026-11-01 00:08:00.0)");
  }

  @Test
  void aFrameIsWrittenByTheStore() {
    PlaceUri to = place("written");
    Dataset<Row> all = Frames.of(spark(), filled("source"), ALL, OPTIONS);

    assertThat(Frames.write(all, to, STORE)).isEqualTo(new WriteSummary(507, 0, 0, 0, 0));
    assertThat(Frames.write(all, to, STORE)).isEqualTo(new WriteSummary(0, 0, 507, 0, 0));
  }
}
