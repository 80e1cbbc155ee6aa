package io.github.sparkpysocial.ml.explore;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.RowDataSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.execution.datasources.ExternalEngineDatasourceRDD;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/** Finds the places that a query reads in the plan that Spark made of it. */
final class Scans {
  private Scans() {}

  /** Returns what the query asks of each place, in the order of the plan. */
  static List<PushedQuery> of(Dataset<Row> query) {
    List<PushedQuery> pushed = new ArrayList<>();
    for (SparkPlan leaf : leaves(query)) {
      if (leaf instanceof BatchScanExec scan) {
        pushed.add(
            new PushedQuery(
                scan.table().name(), columns(scan.scan().readSchema()), conditions(scan)));
      } else if (leaf instanceof RowDataSourceScanExec scan) {
        pushed.add(
            new PushedQuery(scan.relation().toString(), columns(scan.requiredSchema()), sql(scan)));
      } else if (leaf instanceof FileSourceScanExec scan) {
        pushed.add(
            new PushedQuery(
                value(scan.metadata(), "Location"),
                columns(scan.requiredSchema()),
                "PartitionFilters: "
                    + value(scan.metadata(), "PartitionFilters")
                    + ", PushedFilters: "
                    + value(scan.metadata(), "PushedFilters")));
      }
    }
    return pushed;
  }

  /** The connector of MongoDB names its query in what each task reads, and nowhere else. */
  private static String conditions(BatchScanExec scan) {
    String description = scan.scan().description();
    return description.startsWith("MongoScan") && !scan.inputPartitions().isEmpty()
        ? description + ", " + scan.inputPartitions().head()
        : description;
  }

  /** The SQL that a database is asked, or what Spark tells of the filters. */
  private static String sql(RowDataSourceScanExec scan) {
    return scan.rdd() instanceof ExternalEngineDatasourceRDD external
        ? external.getExternalEngineQuery()
        : "PushedFilters: " + value(scan.metadata(), "PushedFilters");
  }

  private static String value(Map<String, String> metadata, String key) {
    Option<String> value = metadata.get(key);
    return value.isDefined() ? value.get() : "[]";
  }

  private static List<String> columns(StructType schema) {
    return List.of(schema.fieldNames());
  }

  /** Returns the sum of a metric of all scans of a query that was run; 0 if no scan has it. */
  static long metric(Dataset<Row> query, String name) {
    long sum = 0;
    for (SparkPlan leaf : leaves(query)) {
      if (leaf.metrics().contains(name)) {
        sum += Math.max(0, leaf.longMetric(name).value());
      }
    }
    return sum;
  }

  private static List<SparkPlan> leaves(Dataset<Row> query) {
    List<SparkPlan> leaves = new ArrayList<>();
    gather(query.queryExecution().executedPlan(), leaves);
    return leaves;
  }

  private static void gather(SparkPlan plan, List<SparkPlan> leaves) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      gather(adaptive.executedPlan(), leaves);
    } else if (plan instanceof QueryStageExec stage) {
      gather(stage.plan(), leaves);
    } else if (plan instanceof InMemoryTableScanExec cached) {
      gather(cached.relation().cachedPlan(), leaves);
    } else if (plan.children().isEmpty()) {
      leaves.add(plan);
    } else {
      CollectionConverters.asJava(plan.children()).forEach(child -> gather(child, leaves));
    }
    CollectionConverters.asJava(plan.subqueries()).forEach(query -> gather(query, leaves));
  }
}
