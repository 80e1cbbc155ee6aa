package io.github.sparkpysocial.ml.internal;

import java.util.Arrays;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What every stage checks before it makes one column of another. */
public final class ColumnStage {
  private ColumnStage() {}

  /**
   * Returns the schema with one more column.
   *
   * @throws IllegalArgumentException if the input is missing or has another type, or the output is
   *     there already; the message lists the columns
   */
  public static StructType append(
      Params stage,
      StructType schema,
      String input,
      Class<? extends DataType> inputType,
      String output,
      DataType outputType) {
    String[] columns = schema.fieldNames();
    if (!Arrays.asList(columns).contains(input)) {
      throw new IllegalArgumentException(
          stage.uid()
              + " reads column '"
              + input
              + "', which is not there; the columns are "
              + String.join(", ", columns));
    }
    DataType found = schema.apply(input).dataType();
    if (!inputType.isInstance(found)) {
      throw new IllegalArgumentException(
          stage.uid()
              + " cannot read column '"
              + input
              + "' of type "
              + found.simpleString()
              + "; set another inputCol");
    }
    if (Arrays.asList(columns).contains(output)) {
      throw new IllegalArgumentException(
          stage.uid() + " writes column '" + output + "', which is there already; set outputCol");
    }
    return schema.add(
        new StructField(output, outputType, true, org.apache.spark.sql.types.Metadata.empty()));
  }
}
