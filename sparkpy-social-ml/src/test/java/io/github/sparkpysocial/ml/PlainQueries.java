package io.github.sparkpysocial.ml;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets Spark interpret the queries of a test class instead of compiling them, and plan each once. A
 * learner asks hundreds of queries of a few rows each, of which the compiler takes most of the
 * time; the answers are the same. The real corpora, features and clusters are tested with Spark's
 * defaults.
 */
public final class PlainQueries implements BeforeAllCallback, AfterAllCallback {
  private static final Map<String, String> PLAIN =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  @Override
  public void beforeAll(ExtensionContext context) {
    SparkSession spark = new SharedSparkSession().session();
    PLAIN.forEach((name, value) -> spark.conf().set(name, value));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    SparkSession spark = new SharedSparkSession().session();
    PLAIN.keySet().forEach(name -> spark.conf().unset(name));
  }
}
