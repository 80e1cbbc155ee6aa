package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in words what is wrong with the Spark on the class path, before the JVM says it by a missing
 * method. The versions are read from the files in which Spark and Scala tell them, so that this
 * works with any of theirs; whoever hides those files is trusted. Thread-safe.
 */
public final class SparkRuntime {
  static final String SPARK_FILE = "spark-version-info.properties";
  static final String SCALA_FILE = "library.properties";
  private static final String SPARK_CLASS = "org/apache/spark/sql/SparkSession.class";
  private static final String SCALA = "2.13";
  private static final List<String> OPENED = List.of("java.nio", "java.lang.invoke", "java.util");
  private static final Logger log = LoggerFactory.getLogger(SparkRuntime.class);

  private static volatile boolean checked;
  private static volatile boolean checkedForLearning;

  private SparkRuntime() {}

  /**
   * Makes sure that Spark is there, of a version and for a Scala that this library is made for.
   *
   * @throws IllegalStateException if not; the message says what was found and what to do
   */
  public static void require() {
    if (!checked) {
      ClassLoader loader = SparkRuntime.class.getClassLoader();
      String trouble = trouble(loader == null ? ClassLoader.getSystemClassLoader() : loader);
      if (trouble != null) {
        throw new IllegalStateException(trouble);
      }
      checked = true;
    }
  }

  /** The same for MLlib and GraphX; warns once if packages are closed that they reach into. */
  public static void requireForLearning() {
    require();
    if (!checkedForLearning) {
      checkedForLearning = true;
      String closed = closedPackages(ByteBuffer.class.getModule());
      if (closed != null) {
        log.warn("{}", closed);
      }
    }
  }

  /** Returns what is wrong with what a class loader finds, or {@code null}. */
  static @Nullable String trouble(ClassLoader loader) {
    String spark = read(loader, SPARK_FILE, "version");
    if (spark == null && loader.getResource(SPARK_CLASS) == null) {
      return "Spark is not on the class path: sparkpy-social leaves it to you. Add"
          + " org.apache.spark:spark-mllib_2.13:4.1.0 and org.scala-lang:scala-library:2.13.17,"
          + " scope provided, or run by spark-submit";
    }
    return trouble(spark, read(loader, SCALA_FILE, "version.number"));
  }

  /**
   * Returns what is wrong with these versions.
   *
   * @param spark such as {@code 4.1.0}, or {@code null} if it is not known
   * @param scala such as {@code 2.13.17}, or {@code null} if it is not known
   * @return {@code null} if nothing is
   */
  static @Nullable String trouble(@Nullable String spark, @Nullable String scala) {
    if (scala != null && !scala.startsWith(SCALA + ".")) {
      return "Scala "
          + scala
          + " is on the class path, but sparkpy-social is made for Scala 2.13: take the artifacts of"
          + " Spark that end in _2.13, and a cluster that runs them";
    }
    if (spark != null && !spark.startsWith("4.")) {
      return "Spark "
          + spark
          + " is on the class path, but sparkpy-social needs Spark 4, tested with 4.1.0: raise it to"
          + " org.apache.spark:spark-mllib_2.13:4.1.0, and the cluster with it";
    }
    return null;
  }

  /**
   * Returns a warning that names the packages of Java's base module that are closed to Spark, and
   * the flags that open them; {@code null} if all are open.
   */
  static @Nullable String closedPackages(Module base) {
    Module ours = SparkRuntime.class.getModule();
    List<String> closed = OPENED.stream().filter(name -> !base.isOpen(name, ours)).toList();
    if (closed.isEmpty()) {
      return null;
    }
    StringBuilder flags = new StringBuilder();
    closed.forEach(
        name -> flags.append(" --add-opens=java.base/").append(name).append("=ALL-UNNAMED"));
    return "Parts of MLlib and GraphX fail with an InaccessibleObjectException here: give the JVM"
        + flags;
  }

  private static @Nullable String read(ClassLoader loader, String file, String key) {
    URL found = loader.getResource(file);
    if (found == null) {
      return null;
    }
    try (InputStream in = found.openStream()) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(key);
    } catch (IOException | IllegalArgumentException e) {
      log.debug("{} cannot be read", found, e);
      return null;
    }
  }
}
