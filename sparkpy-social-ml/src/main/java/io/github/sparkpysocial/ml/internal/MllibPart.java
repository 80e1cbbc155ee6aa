package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;

/** MLlib's own model as a part of a saved one: its directory {@code mllib}. */
public final class MllibPart {
  private static final String NAME = "mllib";

  private MllibPart() {}

  /**
   * Saves a model. The directory appears when all is written, or not at all.
   *
   * @param model more of what {@code model.json} says
   * @param rest writes what stands beside MLlib's part
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public static void save(
      SparkSession spark,
      HadoopPlace place,
      ModelDirectory.Kind kind,
      Map<String, ?> model,
      PipelineModel learnt,
      ModelDirectory.Content rest)
      throws IOException {
    place.fillBy(
        unfinished -> {
          learnt
              .write()
              .session(spark)
              .save(new org.apache.hadoop.fs.Path(unfinished, NAME).toString());
          ModelDirectory.Output files = new ModelDirectory.Output(place.files(unfinished));
          rest.write(files);
          files.model(kind, model);
        });
  }

  /**
   * Loads what MLlib has saved.
   *
   * @throws IOException if it is damaged
   */
  public static PipelineModel load(SparkSession spark, HadoopPlace place) throws IOException {
    try {
      return PipelineModel.read().session(spark).load(place.resolve(NAME).toString());
    } catch (Exception e) { // Scala throws what it does not declare
      throw new IOException(
          "The directory " + NAME + " in " + place + " is damaged; copy the model again", e);
    }
  }
}
