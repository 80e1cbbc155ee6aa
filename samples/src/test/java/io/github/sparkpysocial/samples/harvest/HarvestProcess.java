package io.github.sparkpysocial.samples.harvest;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;

/**
 * A harvest in a process of its own, to be killed: at each step it says on the standard output what
 * has just happened, and goes on when it is told to on the standard input. The arguments are the
 * listing, the store, the ledger and the quarantine.
 */
final class HarvestProcess {
  /** The network has answered a request. */
  static final String ANSWERED = "answered";

  /** The records of a page are durable; the ledger does not know yet. */
  static final String WRITTEN = "written";

  /** The ledger knows that a page is durable. */
  static final String NOTED = "noted";

  /** The whole listing is there. */
  static final String COMPLETE = "complete";

  private static final BufferedReader COMMANDS =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private HarvestProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    SourceOptions options =
        SourceOptions.fromEnvironment().withTransport(telling(JdkHttpTransport.shared()));
    try (RecordSource source = Places.openSource(PlaceUri.parse(arguments[0]), options);
        RecordStore store =
            new TellingStore(
                Places.openStore(
                    PlaceUri.parse(arguments[1]),
                    StoreOptions.with(Quarantine.toFile(Path.of(arguments[3])))))) {
      boolean complete =
          Harvest.builder(source, store)
              .ledger(Path.of(arguments[2]))
              .listener(page -> tell(NOTED))
              .build()
              .run()
              .complete();
      if (!complete) {
        throw new IllegalStateException("stopped without a reason");
      }
    }
    tell(COMPLETE);
  }

  private static HttpTransport telling(HttpTransport transport) {
    return request -> {
      var response = transport.send(request);
      tell(ANSWERED);
      return response;
    };
  }

  private static void tell(String what) {
    System.out.println(what);
    System.out.flush();
    try {
      if (COMMANDS.readLine() == null) {
        throw new IllegalStateException("whoever started this has gone");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells when records are durable. */
  private record TellingStore(RecordStore store) implements RecordStore {
    @Override
    public PlaceUri uri() {
      return store.uri();
    }

    @Override
    public Set<StoreCapability> capabilities() {
      return store.capabilities();
    }

    @Override
    public WriteSummary write(Iterator<? extends SocialRecord> records) {
      WriteSummary written = store.write(records);
      tell(WRITTEN);
      return written;
    }

    @Override
    public RecordCursor read(Filter filter) {
      return store.read(filter);
    }

    @Override
    public long count(Filter filter) {
      return store.count(filter);
    }

    @Override
    public long delete(Collection<RecordKey> keys) {
      return store.delete(keys);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
