package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A place without end as Spark's planner sees it. */
final class StreamTable implements SupportsRead {
  private final StreamProvider provider;
  private final PlaceUri place;
  private final Set<RecordKind> kinds;
  private final StructType schema;

  StreamTable(
      StreamProvider provider,
      PlaceUri place,
      Set<RecordKind> kinds,
      CaseInsensitiveStringMap options) {
    this.provider = provider;
    this.place = place;
    this.kinds = Set.copyOf(kinds);
    this.schema = provider.schema(kinds, options);
  }

  @Override
  public String name() {
    return place.toString();
  }

  /** Deprecated by Spark, yet without a default. */
  @Override
  @SuppressWarnings("deprecation") // Spark 4.1 still asks every table for it
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap scanOptions) {
    return new Builder(scanOptions);
  }

  private final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
    private final CaseInsensitiveStringMap options;
    private StructType columns = schema;

    Builder(CaseInsensitiveStringMap options) {
      this.options = options;
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    @Override
    public Scan build() {
      return provider.scan(place, kinds, columns, options);
    }
  }
}
