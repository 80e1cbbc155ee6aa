package io.github.sparkpysocial.samples.transfer;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.transfer.Transfer;

/**
 * A transfer in a process of its own, to be killed. It says on the standard output how many records
 * it has read, now and then, and at last what it did. The arguments are source and target.
 */
final class TransferProcess {
  static final String STARTED = "started";
  static final String READ = "read ";
  static final String DONE = "done ";

  private TransferProcess() {}

  public static void main(String[] arguments) {
    tell(STARTED);
    var report =
        Transfer.builder(PlaceUri.parse(arguments[0]), PlaceUri.parse(arguments[1]))
            .options(StoreOptions.with(Quarantine.inMemory()).withBatchSize(200))
            .listener(progress -> tell(READ + progress.read()))
            .build()
            .run();
    tell(DONE + report.read() + ' ' + report.written() + ' ' + report.unchanged());
  }

  private static void tell(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
