package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.ml.internal.SparkRuntime;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.EnumSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The data source {@code social}: {@code spark.read().format("social").option("kind",
 * "post").load("posts.jsonl")} reads a place, {@code frame.write().format("social")
 * .mode("append").save("posts.jsonl")} writes one. Spark finds it by that name; programs rather use
 * {@link Frames}.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code path}</td><td>required</td><td>the URI of a place, as given to {@code load} or
 *     {@code save}</td></tr>
 * <tr><td>{@code kind}</td><td>{@code post}</td><td>one or several kinds of record, separated by
 *     commas; {@code all} for all. A write takes what the rows say in {@code record}</td></tr>
 * <tr><td>{@code network}</td><td>{@code local}</td><td>the network of foreign records</td></tr>
 * <tr><td>{@code column.NAME}</td><td>found by name</td><td>where a foreign table has the column
 *     NAME of a post, such as {@code column.created_at}</td></tr>
 * <tr><td>{@code separator}</td><td>found in the header</td><td>between the columns of CSV</td></tr>
 * </table>
 *
 * <p>Reading: the store gets the columns of the query and its conditions on kind, network, id and
 * time; the plan shows them as {@code PushedFilters} and {@code ReadColumns}. Spark evaluates the
 * rest. Each file of a pattern, or the place as a whole, is one partition; {@link Frames} reads
 * databases in several. Within a partition each key comes once; unlike {@link Frames}, the source
 * does not compare the files of a pattern with each other. A file must be readable on every
 * executor under the same path. What cannot be read is left out, counted in the metric "items set
 * aside" of the query, and logged once a partition.
 *
 * <p>Places without end, such as {@code bluesky:jetstream}, are read by {@code spark.readStream()},
 * if {@code sparkpy-social-streaming} is on the class path; its documentation has their options.
 *
 * <p>Writing: see {@link Frames#write(org.apache.spark.sql.Dataset, PlaceUri,
 * io.github.sparkpysocial.store.StoreOptions)}. Only mode {@code append} is known; it updates what
 * is there. What the place cannot keep stops the write, since there is no quarantine to take it.
 */
public final class SocialDataSource implements TableProvider, DataSourceRegister {
  static final String SHORT_NAME = "social";
  static final String PATH = "path";
  static final String KIND = "kind";

  /** Called by Spark. */
  public SocialDataSource() {
    SparkRuntime.require();
  }

  @Override
  public String shortName() {
    return SHORT_NAME;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    String path = options.get(PATH);
    StreamProvider streams = path == null ? null : streams(PlaceUri.parse(path));
    return streams == null ? Schemas.of(kinds(options)) : streams.schema(kinds(options), options);
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    String path = options.get(PATH);
    if (path == null) {
      throw new IllegalArgumentException(
          "The source 'social' reads one place: name it in load(..), such as"
              + " load(\"posts.jsonl\"); several files are named by a pattern");
    }
    PlaceUri place = PlaceUri.parse(path);
    StreamProvider streams = streams(place);
    return streams == null
        ? new SocialTable(
            place, EnumSet.copyOf(kinds(options)), FrameOptions.ofSparkOptions(options))
        : new StreamTable(streams, place, kinds(options), options);
  }

  private static @Nullable StreamProvider streams(PlaceUri place) {
    return ServiceLoader.load(StreamProvider.class, StreamProvider.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.serves(place))
        .findFirst()
        .orElse(null);
  }

  private static Set<RecordKind> kinds(CaseInsensitiveStringMap options) {
    String names = options.getOrDefault(KIND, RecordKind.POST.wireName());
    if (names.equals("all")) {
      return EnumSet.allOf(RecordKind.class);
    }
    Set<RecordKind> kinds = EnumSet.noneOf(RecordKind.class);
    for (String name : names.split(",", -1)) {
      kinds.add(RecordKind.ofWireName(name.strip()));
    }
    return kinds;
  }
}
