package io.github.sparkpysocial.ml.score;

import io.github.sparkpysocial.ml.internal.ModelDirectory;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from and how good it is; saved with it as {@code card.json}.
 *
 * @param source the place or query of the posts, or {@code null} if not told
 * @param from the time of the oldest post learnt from, or {@code null} if none has a time
 * @param to the time of the newest post learnt from, or {@code null} if none has a time
 * @param posts how many posts, or other rows, were learnt from
 * @param seed what all chance came from
 * @param parameters what was chosen, sorted by name
 * @param metrics how well it did on posts it had not seen, sorted by name
 * @param versions of Java, Spark and this library, as far as they are known; sorted by name
 */
public record ModelCard(
    @Nullable String source,
    @Nullable Instant from,
    @Nullable Instant to,
    long posts,
    long seed,
    Map<String, String> parameters,
    Map<String, Double> metrics,
    Map<String, String> versions)
    implements Serializable {
  private static final String FILE = "card.json";

  public ModelCard {
    parameters = sorted(parameters);
    metrics = sorted(metrics);
    versions = sorted(versions);
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return java.util.Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /**
   * Returns the versions of what is running.
   *
   * @param spark that of Spark
   */
  public static Map<String, String> versions(String spark) {
    String own = ModelCard.class.getPackage().getImplementationVersion();
    return Map.of(
        "spark",
        spark,
        "java",
        Runtime.version().toString(),
        "sparkpy-social",
        own == null ? "unknown, not run from a jar" : own);
  }

  /** Returns the same card as texts, numbers and maps, ready to be written as JSON. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("source", source);
    map.put("from", from == null ? null : from.toString());
    map.put("to", to == null ? null : to.toString());
    map.put("posts", posts);
    map.put("seed", seed);
    map.put("parameters", parameters);
    map.put("metrics", metrics);
    map.put("versions", versions);
    return map;
  }

  /** Writes the card beside a model that is being saved. */
  public void save(ModelDirectory.Output files) throws IOException {
    files.json(FILE, toMap());
  }

  /** Reads the card of a saved model. */
  public static ModelCard load(ModelDirectory files) throws IOException {
    Written written = files.json(FILE, Written.class);
    return new ModelCard(
        written.source,
        written.from == null ? null : Instant.parse(written.from),
        written.to == null ? null : Instant.parse(written.to),
        written.posts,
        written.seed,
        Objects.requireNonNullElse(written.parameters, Map.of()),
        Objects.requireNonNullElse(written.metrics, Map.of()),
        Objects.requireNonNullElse(written.versions, Map.of()));
  }

  private record Written(
      @Nullable String source,
      @Nullable String from,
      @Nullable String to,
      long posts,
      long seed,
      @Nullable Map<String, String> parameters,
      @Nullable Map<String, Double> metrics,
      @Nullable Map<String, String> versions) {}
}
