package io.github.sparkpysocial.testkit;

import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one Spark session for the whole JVM: {@code local[2]}, no UI, UTC, two shuffle
 * partitions, everything on loopback, warehouse and Derby left alone. It is started by the first
 * test that needs it and stopped with the JVM.
 *
 * <pre>{@code
 * @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
 *
 * @Test
 * void counts() {
 *   assertThat(SPARK.session().range(3).count()).isEqualTo(3);
 * }
 * }</pre>
 *
 * <p>With {@code @ExtendWith(SharedSparkSession.class)} a test takes the session as a parameter. On
 * Java 17 Spark's ML and GraphX need {@code --add-opens} for {@code java.base/java.nio}, {@code
 * java.base/java.lang.invoke} and {@code java.base/java.util} on the command line of the test's
 * JVM. Thread-safe.
 */
public final class SharedSparkSession
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
  private static @Nullable SparkSession shared;

  /** Creates a handle; nothing is started yet. */
  public SharedSparkSession() {}

  /** Returns the session, started if it is not running. */
  public SparkSession session() {
    return start();
  }

  private static synchronized SparkSession start() {
    SparkSession running = shared;
    if (running == null || running.sparkContext().isStopped()) {
      running =
          SparkSession.builder()
              .master("local[2]")
              .appName("sparkpy-social tests")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.default.parallelism", "2")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.catalogImplementation", "in-memory")
              .config("spark.ui.showConsoleProgress", "false")
              .config("spark.log.level", "WARN")
              .getOrCreate();
      shared = running;
    }
    return running;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    // A test that changed the active session must not disturb the next one.
    SparkSession.setActiveSession(start());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return start();
  }
}
