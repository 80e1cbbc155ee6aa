package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A place as Spark's planner sees it. */
final class SocialTable implements SupportsRead, SupportsWrite, SupportsMetadataColumns {
  private final PlaceUri place;
  private final Set<RecordKind> kinds;
  private final FrameOptions options;

  SocialTable(PlaceUri place, Set<RecordKind> kinds, FrameOptions options) {
    this.place = place;
    this.kinds = Set.copyOf(kinds);
    this.options = options;
  }

  @Override
  public String name() {
    return place.toString();
  }

  /** Deprecated by Spark, yet without a default. */
  @Override
  @SuppressWarnings("deprecation") // Spark 4.1 still asks every table for it
  public StructType schema() {
    return Schemas.of(kinds);
  }

  /** A write takes any columns, since a record needs few of them. */
  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(
        TableCapability.BATCH_READ, TableCapability.BATCH_WRITE, TableCapability.ACCEPT_ANY_SCHEMA);
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return new MetadataColumn[] {
      new MetadataColumn() {
        @Override
        public String name() {
          return RowReader.PLACE;
        }

        @Override
        public DataType dataType() {
          return DataTypes.StringType;
        }

        @Override
        public boolean isNullable() {
          return false;
        }

        @Override
        public String comment() {
          return "The file or other place that the record was read from.";
        }
      }
    };
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap scanOptions) {
    return new Builder();
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    return new WriteBuilder() {
      @Override
      public Write build() {
        return new PlaceWrite(place, options, info.schema());
      }
    };
  }

  private final class Builder
      implements ScanBuilder, SupportsPushDownV2Filters, SupportsPushDownRequiredColumns {
    private StructType columns = Schemas.of(kinds);
    private final Pushdown pushdown = new Pushdown(kinds);

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
      return pushdown.push(predicates);
    }

    @Override
    public Predicate[] pushedPredicates() {
      return pushdown.pushed().toArray(new Predicate[0]);
    }

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    @Override
    public Scan build() {
      return new PlaceScan(
          place,
          pushdown.isEmpty() ? null : pushdown.filter(),
          pushdown.pushed().stream().map(Predicate::toString).toList(),
          options,
          columns);
    }
  }
}
