package io.github.sparkpysocial.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.BudgetServer;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.RemoteLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tasks of a Spark job harvest with one budget, leased from the driver. */
class SparkBudgetIT {
  private static final int LIMIT = 16;

  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  /** A task that opens its own source by the handle that came with it. */
  private static final class CountStargazers implements MapFunction<String, Integer> {
    private static final long serialVersionUID = 1L;

    private final String sandbox;
    private final RemoteLimits budget;

    CountStargazers(String sandbox, RemoteLimits budget) {
      this.sandbox = sandbox;
      this.budget = budget;
    }

    @Override
    public Integer call(String uri) throws InterruptedException {
      SourceOptions options =
          new SourceOptions(Map.of(Sandbox.VARIABLE, sandbox), Clock.systemUTC())
              .withLimits(budget.limits());
      return Places.openSource(PlaceUri.parse(uri), options)
          .fetch(PageRequest.FIRST)
          .records()
          .size();
    }
  }

  @Test
  @Timeout(180)
  void tasksThatShareTheDriversBudgetBreakNoLimit() {
    Community community = Community.builder().posts(50).seed(7).build();
    List<String> uris =
        Stream.generate(() -> community.repositories().get(0).fullName())
            .limit(16)
            .map(name -> "github:" + name + "/stargazers")
            .toList();
    try (Sandbox sandbox =
            Sandbox.builder(community)
                .limits(
                    Limits.ofTheNetworks().withGitHub(1, LIMIT).withWindows(Duration.ofSeconds(2)))
                .start();
        BudgetServer budget = BudgetServer.start(RateLimits.create(Timing.system()))) {
      Dataset<String> work = SPARK.session().createDataset(uris, Encoders.STRING()).repartition(4);

      List<Integer> counts =
          work.map(new CountStargazers(sandbox.uri().toString(), budget.handle()), Encoders.INT())
              .collectAsList();

      assertThat(counts).hasSize(uris.size()).allMatch(count -> count > 0);
      assertThat(sandbox.violations()).isEmpty();
      assertThat(sandbox.requests())
          .hasSizeGreaterThanOrEqualTo(uris.size())
          .allMatch(request -> request.status() == 200);
    }
  }
}
