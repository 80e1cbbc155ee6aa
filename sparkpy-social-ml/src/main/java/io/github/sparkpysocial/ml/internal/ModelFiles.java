package io.github.sparkpysocial.ml.internal;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Saves what a model has learnt as Spark's own models do: {@code metadata} as JSON, {@code data} as
 * one Parquet file. Reaches for two helpers that Spark keeps for itself in Scala; there is no
 * public way that writes metadata which {@code PipelineModel.load} understands.
 */
public final class ModelFiles {
  private ModelFiles() {}

  /** What a model has learnt, as rows. */
  public record Table(StructType schema, List<Row> rows) {}

  /** Writes a model. */
  public static final class Writer extends MLWriter {
    private final Params model;
    private final Supplier<Table> data;

    public Writer(Params model, Supplier<Table> data) {
      this.model = model;
      this.data = data;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
      Table table = data.get();
      sparkSession()
          .createDataFrame(table.rows(), table.schema())
          .coalesce(1)
          .write()
          .parquet(new Path(path, "data").toString());
    }
  }

  /** Reads a model. */
  public static final class Reader<M extends Params> extends MLReader<M> {
    private final BiFunction<String, Dataset<Row>, M> model;

    public Reader(BiFunction<String, Dataset<Row>, M> model) {
      this.model = model;
    }

    @Override
    public M load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession());
      Dataset<Row> data = sparkSession().read().parquet(new Path(path, "data").toString());
      M loaded = model.apply(metadata.uid(), data);
      metadata.getAndSetParams(loaded, metadata.getAndSetParams$default$2());
      return loaded;
    }
  }
}
