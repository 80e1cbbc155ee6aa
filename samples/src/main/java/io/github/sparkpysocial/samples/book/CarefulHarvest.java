package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.limit.LimitPolicy;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A harvest that meets what the book's error handler was written for: a limit, a server that fails,
 * an answer that breaks off, a page of posts that cannot be read. It waits, tries again, sets that
 * page aside with its raw bytes, and the next run closes the hole.
 */
public final class CarefulHarvest {
  private CarefulHarvest() {}

  /** Harvests from a network that has a bad day: {@code [DIRECTORY]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(Path.of(args.length == 0 ? "book" : args[0]));
    try (Sandbox sandbox = Sandbox.start(SandboxPosts.COMMUNITY)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      badDay(sandbox, Duration.ofSeconds(2));
      System.out.println(run(options, directory, 200)); // stops at 200 posts
      System.out.println(run(options, directory, Long.MAX_VALUE)); // goes on from there
    }
  }

  /** Lets the next answers of a search go wrong. */
  static void badDay(Sandbox sandbox, Duration limited) {
    sandbox.next(
        "/2/tweets/search",
        Fault.rateLimited(limited),
        Fault.status(503),
        Fault.truncateBody(),
        Fault.missingField("id"));
  }

  /** Harvests what is missing, no more than so many posts. */
  static HarvestReport run(SourceOptions options, Path directory, long most)
      throws IOException, InterruptedException {
    PlaceUri search = PlaceUri.parse("x:search?q=spark+OR+%23ApacheSpark+OR+%23PySpark");
    PlaceUri file = PlaceUri.parse(directory.resolve("careful.jsonl").toString());
    try (Quarantine unreadable = Quarantine.toFile(directory.resolve("unreadable.jsonl"));
        RecordSource source =
            Places.openSource(
                search,
                options
                    .withPolicy(LimitPolicy.waitUpTo(Duration.ofMinutes(15)))
                    .withListener(wait -> System.out.println("waiting for " + wait)));
        RecordStore store = Places.openStore(file, StoreOptions.with(unreadable))) {
      return Harvest.builder(source, store)
          .ledger(directory.resolve("careful.ledger.json"))
          .quarantine(unreadable)
          .limit(most)
          .clock(options.clock())
          .build()
          .run();
    }
  }
}
