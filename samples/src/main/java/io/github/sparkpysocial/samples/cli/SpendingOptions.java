package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.Cap;
import io.github.sparkpysocial.limit.SpendingCap;
import io.github.sparkpysocial.place.PlaceUri;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that cap what may be read and spent, over all runs. */
final class SpendingOptions {
  private static final String FILE_NAME = "sparkpy.spending.json";

  @Option(
      names = "--cap",
      paramLabel = "CAP",
      order = 80,
      description =
          "What may be read or spent over all runs, such as 'x posts=10000/day' or"
              + " 'x=50usd/month'. Several hold together.")
  private List<String> caps = new ArrayList<>();

  @Option(
      names = "--max-posts-spent",
      paramLabel = "N",
      order = 81,
      description = "No more than N posts of X over all runs; short for --cap 'x posts=N'.")
  private @Nullable Long mostPosts;

  @Option(
      names = "--max-dollars",
      paramLabel = "USD",
      order = 82,
      description = "No more money than that over all runs; short for --cap '*=USDusd'.")
  private @Nullable BigDecimal mostDollars;

  @Option(
      names = "--spending",
      paramLabel = "FILE",
      order = 83,
      description =
          "The file that remembers what was read and spent. Default: sparkpy.spending.json beside"
              + " the ledger.")
  private @Nullable Path file;

  /**
   * Returns the guard. What a sandbox charges is play money and is remembered only when there are
   * caps.
   *
   * @throws IllegalArgumentException if a cap is written wrongly
   */
  SpendingCap open(PlaceUri listing, SourceOptions options, Path ledger) {
    List<Cap> all = new ArrayList<>(caps.stream().map(Cap::parse).toList());
    if (mostPosts != null) {
      all.add(Cap.ofItems("x posts", mostPosts, Cap.Period.EVER));
    }
    if (mostDollars != null) {
      all.add(Cap.ofDollars(Cap.EVERYTHING, mostDollars, Cap.Period.EVER));
    }
    boolean sandbox =
        listing.parameter("endpoint") != null
            || options.environment().containsKey(Endpoint.SANDBOX_VARIABLE);
    if (all.isEmpty() && sandbox) {
      return SpendingCap.NONE;
    }
    SpendingCap.Builder guard =
        SpendingCap.builder().file(file != null ? file : ledger.resolveSibling(FILE_NAME));
    all.forEach(guard::cap);
    return guard.build();
  }
}
