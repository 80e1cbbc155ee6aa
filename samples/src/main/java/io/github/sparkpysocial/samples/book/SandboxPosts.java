package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the programs look at when no place is named: posts harvested from the sandbox's X. */
final class SandboxPosts {
  static final Community COMMUNITY = Community.builder().posts(600).events(160).build();

  private SandboxPosts() {}

  /**
   * Returns the place that was named first, or else one with posts of the sandbox in {@code book}.
   */
  static PlaceUri orNamed(String[] args) throws IOException, InterruptedException {
    return args.length > 0 ? PlaceUri.parse(args[0]) : into(Path.of("book"));
  }

  /** Harvests posts into a file of a directory. */
  static PlaceUri into(Path directory) throws IOException, InterruptedException {
    PlaceUri file =
        PlaceUri.parse(Files.createDirectories(directory).resolve("posts.jsonl").toString());
    try (Sandbox sandbox = Sandbox.start(COMMUNITY)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      PlaceUri search = PlaceUri.parse("x:search?q=spark+OR+%23ApacheSpark+OR+%23PySpark");
      try (RecordSource source = Places.openSource(search, options);
          RecordStore store = Places.openStore(file, StoreOptions.with(Quarantine.inMemory()))) {
        Harvest.builder(source, store).ledger(directory.resolve("ledger.json")).build().run();
      }
    }
    return file;
  }
}
