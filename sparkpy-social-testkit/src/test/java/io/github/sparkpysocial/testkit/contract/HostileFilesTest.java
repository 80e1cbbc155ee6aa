package io.github.sparkpysocial.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.HostileFiles.HostileFile;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFilesTest {
  @TempDir Path directory;

  static List<HostileFile> files() {
    return HostileFiles.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatCanBeReadIsMovedAndTheRestSetAside(HostileFile file) throws IOException {
    Path source = Files.write(directory.resolve(file.name()), file.bytes());
    InMemoryQuarantine quarantine = Quarantine.inMemory();

    TransferReport report =
        Transfer.builder(
                PlaceUri.parse(source.toString()),
                PlaceUri.parse(directory.resolve("to.jsonl").toString()))
            .options(StoreOptions.with(quarantine))
            .verify()
            .build()
            .run();

    assertThat(report.read()).as("read").isEqualTo(file.readable());
    assertThat(report.written()).isEqualTo(file.readable());
    assertThat(report.verified()).isTrue();
    assertThat(quarantine.rejected()).hasSize(file.broken());
    assertThat(quarantine.rejected())
        .allMatch(rejected -> rejected.line() > 0 && !rejected.reason().isBlank());
  }
}
