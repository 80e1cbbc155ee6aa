package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The data source {@code social}, for batch reading: {@code
 * spark.read().format("social").option("kind", "post").load("posts.jsonl")}. Spark finds it by that
 * name; programs rather use {@link Frames}.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code path}</td><td>required</td><td>the URI of a place, as given to {@code load}</td></tr>
 * <tr><td>{@code kind}</td><td>{@code post}</td><td>one or several kinds of record, separated by
 *     commas; {@code all} for all</td></tr>
 * <tr><td>{@code network}</td><td>{@code local}</td><td>the network of foreign records</td></tr>
 * <tr><td>{@code id-column}</td><td>found by name</td><td>where a foreign table has the id</td></tr>
 * <tr><td>{@code text-column}</td><td>found by name</td><td>where a foreign table has the
 *     text</td></tr>
 * <tr><td>{@code separator}</td><td>found in the header</td><td>between the columns of CSV</td></tr>
 * </table>
 *
 * <p>Each file of a pattern, or the place as a whole, is one partition. Within it, each key comes
 * once; unlike {@link Frames}, the source does not compare the files of a pattern with each other.
 * A file must be readable on every executor under the same path. What cannot be read is left out,
 * counted in the metric "items set aside" of the query, and logged once a partition.
 */
public final class SocialDataSource implements TableProvider, DataSourceRegister {
  static final String SHORT_NAME = "social";
  static final String PATH = "path";
  static final String KIND = "kind";
  static final String NETWORK = "network";
  static final String ID_COLUMN = "id-column";
  static final String TEXT_COLUMN = "text-column";
  static final String SEPARATOR = "separator";

  /** Called by Spark. */
  public SocialDataSource() {}

  @Override
  public String shortName() {
    return SHORT_NAME;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return Schemas.of(kinds(options));
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
    return new SocialTable(
        PlaceUri.parse(path),
        EnumSet.copyOf(kinds(options)),
        new FrameOptions(
            Network.of(options.getOrDefault(NETWORK, Network.LOCAL.name())),
            options.get(ID_COLUMN),
            options.get(TEXT_COLUMN),
            separator(options)));
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

  private static @Nullable Character separator(CaseInsensitiveStringMap options) {
    String separator = options.get(SEPARATOR);
    if (separator == null) {
      return null;
    }
    if (separator.length() != 1) {
      throw new IllegalArgumentException("The separator is one character, was '" + separator + "'");
    }
    return separator.charAt(0);
  }
}
