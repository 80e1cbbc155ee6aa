// Opens the whole library in JShell; see docs/maps.md, "In JShell". Nothing starts until it is asked for.
import io.github.sparkpysocial.client.*
import io.github.sparkpysocial.harvest.*
import io.github.sparkpysocial.ml.cluster.*
import io.github.sparkpysocial.ml.frame.*
import io.github.sparkpysocial.model.*
import io.github.sparkpysocial.place.*
import io.github.sparkpysocial.store.*
import io.github.sparkpysocial.text.*
import io.github.sparkpysocial.transfer.*
import io.github.sparkpysocial.viz.*
import io.github.sparkpysocial.viz.chart.*
import io.github.sparkpysocial.viz.dashboard.*
import io.github.sparkpysocial.viz.export.*
import io.github.sparkpysocial.viz.live.*
import io.github.sparkpysocial.viz.map.*
import io.github.sparkpysocial.viz.network.*
import io.github.sparkpysocial.viz.wordcloud.*
import java.nio.file.*
import java.time.*
import java.util.*
import java.util.stream.*
import org.apache.spark.sql.Dataset
import org.apache.spark.sql.Row
import org.apache.spark.sql.SparkSession

/** Returns the Spark session of this shell, which starts at the first call. */
SparkSession spark() {
  return SparkSession.builder().appName("jshell").master("local[*]")
      .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
      .config("spark.ui.enabled", false).config("spark.ui.showConsoleProgress", false)
      .config("spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", 4)
      .getOrCreate();
}

/** Returns the records at a place, such as a file, as a frame. */
Dataset<Row> records(String place) {
  Frames.createViews(spark(), PlaceUri.parse(place));
  return spark().table("records");
}

Path opened(Path file) throws java.io.IOException {
  boolean screen = !java.awt.GraphicsEnvironment.isHeadless() && java.awt.Desktop.isDesktopSupported()
      && java.awt.Desktop.getDesktop().isSupported(java.awt.Desktop.Action.BROWSE);
  if (screen) {
    java.awt.Desktop.getDesktop().browse(file.toUri());
  } else {
    System.out.println("open " + file.toUri());
  }
  return file;
}

/** Shows a figure in the browser, or says where its page is if there is no screen. */
Path show(Figure figure) throws java.io.IOException {
  Path file = Files.createTempDirectory("sparkpy").resolve("figure.html");
  Exporters.write(figure, file);
  return opened(file);
}

/** Shows a dashboard in the same way. */
Path show(Dashboard dashboard) throws java.io.IOException {
  return opened(dashboard.write(Files.createTempDirectory("sparkpy")));
}
